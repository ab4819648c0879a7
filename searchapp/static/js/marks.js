// Goes from one marked word of an article to the next, and says which one it is.
function walkMarks(template) {
  const marks = [...document.querySelectorAll(".text mark")];
  if (!template || !marks.length) return;
  const bar = template.content.firstElementChild.cloneNode(true);
  document.querySelector(".found").append(bar);
  const place = bar.querySelector("output");
  const write = number => new Intl.NumberFormat(document.documentElement.lang).format(number);
  let at = -1;

  const step = by => {
    marks[at]?.classList.remove("current");
    at = (at + by + marks.length + (at < 0 && by < 0 ? 1 : 0)) % marks.length;
    marks[at].classList.add("current");
    marks[at].scrollIntoView({ block: "center" });
    place.textContent = template.dataset.place.replace("{at}", write(at + 1)).replace("{all}", write(marks.length));
  };
  bar.querySelector("[data-step='1']").addEventListener("click", () => step(1));
  bar.querySelector("[data-step='-1']").addEventListener("click", () => step(-1));
  document.addEventListener("step", event => {
    event.preventDefault();
    step(event.detail);
  });
}

walkMarks(document.querySelector("#walk"));
