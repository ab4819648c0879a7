// The filters on a phone: Escape folds them away and returns to what opened them.
function closeSheetOnEscape(details) {
  details?.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

closeSheetOnEscape(document.querySelector(".facets details"));
