"""An engine on files of typed arrays, read with numpy where Whoosh reads one posting at a time."""
