// Changes between light and dark without loading the page again; the server keeps the same cookie.
const YEAR = 365 * 86400;

function switchThemes() {
  const links = document.querySelectorAll("[data-choose-theme]");
  for (const link of links) {
    link.addEventListener("click", event => {
      event.preventDefault();
      const theme = link.dataset.chooseTheme;
      document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
      document.documentElement.dataset.theme = theme;
      document.querySelector('meta[name="color-scheme"]').content = theme === "auto" ? "light dark" : theme;
      for (const other of links) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
    });
  }
}

switchThemes();
