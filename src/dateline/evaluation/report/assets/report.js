(() => {
  "use strict";
  const root = document.querySelector(".dr");
  const tools = root?.querySelector(".dr-tools");
  if (!tools) return;
  const documents = [...root.querySelectorAll(".dr-doc")];
  const nothing = root.querySelector(".dr-nothing");
  const runChoice = document.getElementById("dr-run");
  const classChoice = document.getElementById("dr-class");
  const count = document.getElementById("dr-count");
  let current = null;

  const sectionOf = (doc) => doc.querySelector(`.dr-run[data-run="${runChoice.value}"]`);
  const classesOf = (doc) => sectionOf(doc).dataset.classes.split(" ").filter(Boolean);
  const shown = () => documents.filter((doc) => !doc.hidden);

  const say = () => {
    const all = shown();
    const at = all.indexOf(current) + 1;
    const of = `${all.length} of ${documents.length} documents`;
    count.textContent = at ? `${at} of ${all.length}` : of;
  };

  const apply = () => {
    const run = runChoice.value;
    const wanted = classChoice.value;
    for (const part of root.querySelectorAll(".dr-run, .dr-tally")) {
      part.hidden = part.dataset.run !== run;
    }
    for (const doc of documents) {
      const classes = classesOf(doc);
      doc.hidden = Boolean(wanted) && !(wanted === "any" ? classes.length : classes.includes(wanted));
    }
    nothing.hidden = shown().length > 0;
    if (current?.hidden) current = null;
    say();
  };

  const open = (doc, focus) => {
    if (current && current !== doc) current.open = false;
    current = doc;
    doc.open = true;
    doc.scrollIntoView({ block: "start" });
    if (focus) doc.querySelector("summary").focus({ preventScroll: true });
    say();
  };

  const step = (by, focus) => {
    const all = shown();
    if (!all.length) return;
    const at = all.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (all[next]) open(all[next], focus);
  };

  const choose = (select, value) => {
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  };

  runChoice.addEventListener("change", apply);
  classChoice.addEventListener("change", apply);
  document.getElementById("dr-next").addEventListener("click", () => step(1, false));
  document.getElementById("dr-previous").addEventListener("click", () => step(-1, false));

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-class]");
    const doc = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!doc) return;
    event.preventDefault();
    choose(runChoice, link.dataset.run);
    choose(classChoice, link.dataset.class);
    apply();
    open(doc, true);
  });

  for (const doc of documents) {
    doc.addEventListener("toggle", () => {
      if (doc.open) current = doc;
      else if (current === doc) current = null;
      say();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("select, input, textarea")) return;
    if (event.key === "n") step(1, true);
    else if (event.key === "p") step(-1, true);
  });

  // Every run and every document is there without a script; with one, they are chosen.
  root.classList.add("dr-live");
  tools.hidden = false;
  apply();
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  const doc = wanted && wanted.closest?.(".dr-doc");
  if (doc) open(doc, false);
})();
