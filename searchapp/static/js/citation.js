// Copies a citation of the article, or of one paragraph, with the link that leads there.
function offerCitations(cite) {
  if (!cite) return;
  const said = cite.querySelector("[aria-live]");
  const source = cite.querySelector(".citation-text").textContent.trim();
  const address = location.origin + location.pathname;

  const copy = async link => {
    await navigator.clipboard.writeText(`${source} ${link}`);
    said.textContent = cite.dataset.copied;
  };
  const whole = cite.querySelector("button");
  whole.hidden = false;
  whole.addEventListener("click", () => copy(address));
  for (const anchor of document.querySelectorAll(".text .anchor")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cite-paragraph";
    button.textContent = "❝";
    button.title = cite.dataset.copy;
    button.setAttribute("aria-label", `${cite.dataset.copy} (${anchor.textContent})`);
    button.addEventListener("click", () => copy(address + anchor.hash));
    anchor.after(button);
  }
}

offerCitations(document.querySelector(".cite"));
