(() => {
  "use strict";
  const root = document.querySelector(".dateline");
  if (!root) return;
  const wide = matchMedia("(min-width: 56rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const marks = [...root.querySelectorAll(".dl-mark[data-ids]")];
  const idsOf = (mark) => mark.dataset.ids.split(" ");
  const marksOf = new Map();
  for (const mark of marks) {
    for (const id of idsOf(mark)) {
      if (!marksOf.has(id)) marksOf.set(id, []);
      marksOf.get(id).push(mark);
    }
  }
  const order = [...marksOf.keys()];
  const card = (id) => document.getElementById(id);
  let selected = null;
  let returnTo = null;
  let timer = 0;

  const pop = document.createElement("div");
  pop.className = "dl-pop";
  pop.hidden = true;
  root.append(pop);

  const visible = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;

  const light = (ids) => {
    for (const lit of root.querySelectorAll(".dl-on")) lit.classList.remove("dl-on");
    for (const id of ids) {
      for (const mark of marksOf.get(id) || []) mark.classList.add("dl-on");
      card(id)?.classList.add("dl-on");
    }
  };

  const scroll = (element, block) =>
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  const showInPanel = (element) => {
    const panel = element.closest(".dl-records");
    if (!panel || !wide.matches) return;
    const inner = element.getBoundingClientRect();
    const outer = panel.getBoundingClientRect();
    const bottom = Math.min(outer.bottom, innerHeight);
    if (inner.top < outer.top) panel.scrollTop += inner.top - outer.top - 8;
    else if (inner.bottom > bottom) {
      panel.scrollTop += Math.min(inner.bottom - bottom + 8, inner.top - outer.top - 8);
    }
  };

  const fill = (ids) => {
    pop.replaceChildren();
    const close = document.createElement("button");
    close.type = "button";
    close.className = "dl-pop-close";
    close.setAttribute("aria-label", "Close");
    close.textContent = "✕";
    close.addEventListener("click", dismiss);
    pop.append(close);
    for (const id of ids) {
      const source = card(id);
      if (!source) continue;
      const record = document.createElement("div");
      record.className = "dl-pop-record";
      const head = document.createElement("div");
      head.className = "dl-pop-head";
      for (const child of source.querySelector("summary").children) head.append(child.cloneNode(true));
      record.append(head, source.querySelector(".dl-rows").cloneNode(true));
      for (const copy of record.querySelectorAll("[id]")) copy.removeAttribute("id");
      pop.append(record);
    }
  };

  const showPop = (mark) => {
    fill(idsOf(mark));
    pop.hidden = false;
    pop.scrollTop = 0;
    if (!wide.matches) {
      pop.setAttribute("role", "dialog");
      pop.setAttribute("aria-label", "Record");
      pop.style.left = pop.style.top = pop.style.maxHeight = "";
      const free = innerHeight - pop.offsetHeight - 16;
      const rect = mark.getBoundingClientRect();
      if (rect.bottom > free) scrollBy(0, Math.min(rect.bottom - free, rect.top - 72));
      return;
    }
    pop.removeAttribute("role");
    pop.style.maxHeight = "";
    // Under the words and within the text's column, so that neither they nor the list are hidden.
    const rects = mark.getClientRects();
    const last = rects[rects.length - 1];
    const column = mark.closest(".dl-text").getBoundingClientRect();
    const gap = 8;
    const height = pop.offsetHeight;
    const below = last.bottom + gap;
    const fits = below + height <= innerHeight || rects[0].top - gap - height < 0;
    const left = Math.min(Math.min(rects[0].left, last.left), column.right - pop.offsetWidth);
    pop.style.left = `${Math.max(column.left, left)}px`;
    pop.style.top = `${fits ? below : rects[0].top - gap - height}px`;
    pop.style.maxHeight = fits ? `${Math.max(160, innerHeight - below - 16)}px` : "";
  };

  const hidePop = () => {
    clearTimeout(timer);
    pop.hidden = true;
  };

  const select = (id, { open = true } = {}) => {
    selected = id;
    light([id]);
    const element = card(id);
    if (!element) return;
    if (open) element.open = true;
    showInPanel(element);
  };

  const dismiss = () => {
    if (returnTo && document.activeElement?.closest(".dl-records, .dl-pop")) returnTo.focus();
    returnTo = null;
    selected = null;
    hidePop();
    light([]);
  };

  const anchored = (anchor) => {
    let element = anchor;
    while (element && !element.classList.contains("dl-mark")) element = element.nextElementSibling;
    return element;
  };

  const goTo = (mark, id) => {
    select(id);
    scroll(mark, "center");
    mark.focus({ preventScroll: true });
    hidePop();
    light([id]);
  };

  const chooseFrom = (mark, byKeyboard) => {
    const ids = idsOf(mark);
    const next = ids[(ids.indexOf(selected) + 1) % ids.length];
    returnTo = mark;
    select(next);
    if (!wide.matches) {
      showPop(mark);
      if (byKeyboard) pop.querySelector("button").focus();
      return;
    }
    hidePop();
    if (byKeyboard) card(next)?.querySelector("summary").focus({ preventScroll: true });
  };

  for (const mark of marks) {
    mark.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || !wide.matches) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        light(selected ? [selected, ...idsOf(mark)] : idsOf(mark));
        showPop(mark);
      }, 140);
    });
    mark.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "mouse" || !wide.matches) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (pop.matches(":hover")) return;
        hidePop();
        light(selected ? [selected] : []);
      }, 180);
    });
    mark.addEventListener("focus", () => {
      if (!mark.matches(":focus-visible") || !wide.matches) return;
      light(selected ? [selected, ...idsOf(mark)] : idsOf(mark));
      showPop(mark);
    });
    mark.addEventListener("blur", () => {
      if (!wide.matches || pop.matches(":hover")) return;
      hidePop();
      light(selected ? [selected] : []);
    });
  }
  pop.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "mouse" || !wide.matches) return;
    hidePop();
    light(selected ? [selected] : []);
  });
  addEventListener("scroll", () => wide.matches && hidePop(), { passive: true });

  root.addEventListener("click", (event) => {
    const mark = event.target.closest(".dl-mark[data-ids]");
    if (mark) {
      event.preventDefault();
      chooseFrom(mark, event.detail === 0);
      return;
    }
    const inner = event.target.closest("a[href^='#']");
    const target = inner && document.getElementById(inner.getAttribute("href").slice(1));
    if (target?.classList.contains("dl-anchor")) {
      event.preventDefault();
      const source = inner.closest(".dl-card");
      const found = anchored(target);
      if (found) goTo(found, source ? source.id : idsOf(found)[0]);
      return;
    }
    if (target?.classList.contains("dl-card")) {
      event.preventDefault();
      hidePop();
      select(target.id);
      if (!wide.matches) scroll(target, "center");
      target.querySelector("summary").focus({ preventScroll: true });
      return;
    }
    const summary = event.target.closest(".dl-card > summary");
    if (summary) {
      const id = summary.parentElement.id;
      const opening = !summary.parentElement.open;
      light(opening ? [id] : []);
      selected = opening ? id : null;
      const first = marksOf.get(id)?.[0];
      if (opening && first && wide.matches) {
        const at = first.getBoundingClientRect();
        if (at.top < 80 || at.bottom > innerHeight - 40) scroll(first, "center");
      }
    }
  });

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    const hidden = new Set((root.dataset.hide || "").split(" ").filter(Boolean));
    hidden[on ? "delete" : "add"](button.dataset.toggle);
    root.dataset.hide = [...hidden].join(" ");
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("select, input, textarea")) return;
    if (event.key === "Escape") dismiss();
    else if ((event.key === "j" || event.key === "k") && order.length) {
      const step = event.key === "j" ? 1 : -1;
      const at = order.indexOf(selected);
      let next = at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
      // A record of a folded part has marks, but none that can be gone to.
      let left = order.length;
      while (left && !visible(marksOf.get(order[next])[0])) {
        next = (next + step + order.length) % order.length;
        left -= 1;
      }
      if (!left) return;
      goTo(marksOf.get(order[next])[0], order[next]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const here = document.activeElement?.closest(".dl-card > summary");
      if (!here) return;
      const all = [...here.closest(".dl-records").querySelectorAll(".dl-card > summary")];
      const next = all[all.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      select(next.parentElement.id, { open: false });
    }
  });

  const themes = ["auto", "light", "dark"];
  const button = root.querySelector(".dl-theme");
  const store = {
    get: () => { try { return localStorage.getItem("dateline-theme"); } catch { return null; } },
    set: (name) => { try { localStorage.setItem("dateline-theme", name); } catch { /* from a disk */ } },
  };
  const paint = (name) => {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    if (button) {
      const word = document.createElement("span");
      word.className = "dl-theme-word";
      word.textContent = "Theme:";
      button.replaceChildren(word, ` ${name}`);
      button.setAttribute("aria-label", `Theme: ${name}. Change`);
      button.hidden = false;
    }
  };
  let theme = themes.includes(store.get()) ? store.get() : "auto";
  paint(theme);
  button?.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    store.set(theme);
    paint(theme);
  });

  addEventListener("beforeprint", () => {
    for (const fold of root.querySelectorAll(".dl-card")) fold.open = true;
  });
  const wanted = location.hash.slice(1);
  if (wanted && card(wanted)?.classList.contains("dl-card")) select(wanted);
})();
