// What makes pages quicker under the fingers. Every page works without it, and it reckons nothing: sums, sentences and
// matches come from the server, as they stand on the pages themselves.
"use strict";
(() => {
  const one = (css, from = document) => from.querySelector(css);
  const all = (css, from = document) => [...from.querySelectorAll(css)];
  const later = (ms, act) => {
    let timer;
    return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), ms); };
  };
  const make = (tag, text, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  /** Markup that this server drew, as nodes: nothing in it can run. */
  const drawn = (markup) => new DOMParser().parseFromString(markup, "text/html").body.childNodes;

  // A paper that is being set: its place stays quiet and says so, for a while after the viewer is there.
  const waits = (frame) => {
    const sheet = frame.closest(".sheet");
    const done = () => sheet.classList.remove("waits");
    sheet.classList.add("waits");
    frame.addEventListener("load", () => setTimeout(done, 2000), { once: true });
    setTimeout(done, 6000);
  };
  all(".sheet .preview[src]").forEach(waits);

  // Of filters that stand in one row the chosen one is seen.
  const filter = one(".filters [aria-current]");
  if (filter) filter.closest(".filters").scrollLeft = filter.offsetLeft - filter.closest(".filters").offsetLeft;

  // Keys. Single letters act outside of fields only, and can be switched off.
  const off = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  const typing = (at) => at.closest("input, textarea, select, dialog");
  const places = { h: "/", i: "/invoices", c: "/customers", p: "/payments", s: "/settings" };
  let going = false;

  const rows = () => all(".tbl.list tbody a, .tbl.list td a");
  const step = (by) => {
    const links = rows();
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  const press = (element) => {
    if (!element) return false;
    if (element.matches("input, textarea, select")) element.focus(); else element.click();
    return true;
  };
  const letters = {
    "/": () => press(all("[data-search], main [role=search] input[type=search]").find((field) => field.offsetParent)),
    "?": () => { one("#keys")?.showModal(); return true; },
    n: () => press(one("[data-key=n]") ?? one("a[href='/invoices/new']")),
    j: () => { step(1); return true; },
    k: () => { step(-1); return true; },
    g: () => { going = true; setTimeout(() => { going = false; }, 1200); return true; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (press(one("[data-key='ctrl+enter']"))) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || off()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (going && places[key]) { going = false; location.assign(places[key]); event.preventDefault(); return; }
    const act = letters[key] ?? (/^[a-z]$/.test(key) ? () => press(one(`[data-key=${key}]`)) : undefined);
    if (act?.()) event.preventDefault();
  });
  const keys = one("#keys");
  if (keys) {
    const box = one("input", keys);
    box.checked = !off();
    box.addEventListener("change", () => { try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { /* kept nowhere */ } });
    for (const button of all("[data-keys]")) { button.hidden = false; button.addEventListener("click", () => keys.showModal()); }
  }

  for (const acts of all("[data-print]")) { acts.hidden = false; one("button", acts).addEventListener("click", () => globalThis.print()); }

  // Where somebody is: guessed where their clock is in a country that their languages name, unless they chose already.
  for (const select of all("select[data-clock]")) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const here = [...select.options].find((option) => option.dataset.zones?.split(" ").includes(zone));
    if (!here) continue;
    select.form.elements[select.dataset.clock].value = zone;
    if (select.dataset.guess?.split(" ").includes(here.value)) select.value = here.value;
  }

  // What is shown once is copied with one press.
  for (const acts of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    acts.hidden = false;
    one("button", acts).addEventListener("click", async () => {
      const done = await navigator.clipboard.writeText(one("code", acts.parentElement).textContent).then(() => true, () => false);
      if (done) one("[role=status]", acts).textContent = acts.dataset.copy;
    });
  }

  // A list that follows what is typed: the page that the form asks for, its list put in the place of this one.
  for (const form of all("form[data-live]")) {
    let asked = 0;
    const look = later(200, async () => {
      const turn = ++asked;
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      one("#list")?.replaceChildren(...(one("#list", page)?.childNodes ?? []));
      history.replaceState(null, "", address);
    });
    form.addEventListener("input", look);
    form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  }

  // A backup counts once all of it arrived: the page says so as soon as it did.
  one("form[data-backup]")?.addEventListener("submit", () => {
    const place = one("#last-backup");
    const before = [...place.childNodes];
    const { at } = place.dataset;
    place.replaceChildren(make("p", place.dataset.writing));
    const ask = async (wait) => {
      const answer = await fetch("/backup").catch(() => null);
      const now = answer?.ok && one("#last-backup", new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (now && now.dataset.at !== at) { place.dataset.at = now.dataset.at; place.replaceChildren(...now.childNodes); return; }
      // What takes longer than minutes broke off, or was never saved.
      if (wait < 60_000) setTimeout(ask, wait, wait * 1.5); else place.replaceChildren(...before);
    };
    setTimeout(ask, 1_000, 1_000);
  });

  // Type-ahead: arrows, Enter, Esc. The first that fits is lit while one types, and Enter takes what is lit. What was typed is
  // somebody or something new by the last entry alone; where any words will do, they can also stay as they are.
  const combo = (box, from, chosen, { entry, free, use } = {}) => {
    const input = one("input", box);
    const list = make("ul", "", { role: "listbox", class: "menu", id: `${input.id}-list` });
    list.hidden = true;
    input.after(list);
    box.classList.add("combo");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
    let asked = 0;
    let at = -1;
    /** Whether what was typed is still being looked up: until then the list belongs to something else. */
    let waits = false;
    const close = () => { waits = false; list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (to) => {
      const options = [...list.children];
      at = to < 0 || !options.length ? -1 : to % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at >= 0) input.setAttribute("aria-activedescendant", options[at].id);
      else input.removeAttribute("aria-activedescendant");
    };
    const show = (found, typed) => {
      const options = found.map((row, place) => {
        const option = make("li", "", { role: "option", id: `${list.id}-${place}` });
        const name = make("span", "");
        for (const [text, hit] of row.parts) name.append(hit ? make("mark", text) : text);
        option.append(name);
        if (row.second) option.append(make("small", row.second));
        option.take = () => chosen(row);
        return option;
      });
      // Whose whole name was typed is meant: nobody is added a second time by pressing Enter.
      const whole = !typed ? [] : found.filter((row) => row.parts.length === 1 && row.parts[0][1]);
      const more = (text, name, take) => {
        const option = make("li", text.replace("{}", typed), { role: "option", id: `${list.id}-${name}`, class: "new" });
        options.push(Object.assign(option, { take }));
      };
      if (use && typed && found.length && !whole.length) more(use.words, "use", use.act);
      if (entry && typed && !whole.length) more(entry, "new", () => chosen(null));
      for (const option of options) option.addEventListener("pointerdown", (event) => { event.preventDefault(); option.take(); close(); });
      // Where several have that name, somebody says whom they mean; words of one's own are kept by nobody who did not go there.
      const nobody = !typed || whole.length > 1 || (free && !found.length);
      list.replaceChildren(...options);
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(nobody ? -1 : Math.max(0, found.indexOf(whole[0])));
    };
    const look = later(120, async () => {
      const turn = ++asked;
      const typed = input.value.trim();
      const answer = await fetch(`${from}?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (turn !== asked) return;
      waits = false;
      if (answer?.ok && document.activeElement === input) show(await answer.json(), typed);
    });
    input.addEventListener("input", () => { waits = true; look(); });
    if (!free) for (const kind of ["focus", "click"]) input.addEventListener(kind, () => { if (list.hidden && (!input.value || input.getAttribute("aria-invalid"))) look(); });
    input.addEventListener("blur", () => { asked += 1; close(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { asked += 1; close(); return; }
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter" && waits) {
        // Nobody takes what they have not seen yet; words of one's own go on as they are.
        if (free) { asked += 1; close(); } else event.preventDefault();
        return;
      }
      if (list.hidden) { if (event.key === "ArrowDown") { look(); event.preventDefault(); } return; }
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at < 0 ? list.children.length - 1 : at - 1);
      else if (event.key === "Enter" && at >= 0) { list.children[at].take(); close(); }
      // Of several with one name none is lit: the list stays until somebody chooses.
      else if (event.key === "Enter" && !free) { if (!input.value.trim()) close(); }
      else return;
      event.preventDefault();
    });
  };

  // Numbers and look: what is typed is shown as it will come out.
  for (const form of all("form[data-look]")) {
    const look = later(400, async () => {
      const typed = new FormData(form);
      typed.delete("logo");
      const asked = new URLSearchParams(typed);
      const answer = await fetch(`${form.dataset.look}?${asked}`).catch(() => null);
      if (!answer?.ok) return;
      one("#shown", form).replaceChildren(...drawn(await answer.text()));
      const view = one("#view iframe");
      if (!view) return;
      const shown = "#toolbar=0&navpanes=0&view=FitH";
      if (!one("[name=logo]", form).files.length) { view.src = `${form.dataset.paper}?${asked}${shown}`; return; }
      // A picture goes into no address: the form itself is sent into the frame.
      const { action, target } = form;
      Object.assign(form, { action: form.dataset.paper + shown, target: view.name });
      form.submit();
      Object.assign(form, { action, target });
    });
    one("#accent", form)?.addEventListener("input", () => { one("[name=coloured]", form).checked = true; });
    form.addEventListener("input", look);
  }

  // The editor.
  const form = one("form[data-editor]");
  if (!form) return;
  const said = one("#said");
  const say = (text, kind = "") => { if (said && text) { said.textContent = text; said.className = kind || "muted"; } };
  const body = (then) => {
    const typed = new FormData(form);
    typed.set("then", then);
    typed.set("own_currency", own());
    typed.set("language", (select?.value ? known.language : "") || form.dataset.language);
    typed.set("named", named);
    typed.set("passed", passed);
    return new URLSearchParams(typed);
  };
  const send = (address, then) => fetch(address, { method: "POST", body: body(then), redirect: "manual" }).catch(() => null);

  /** Why nobody has the name that was typed, as the server said when it was asked to keep it. */
  let whose;
  /** The name of somebody new, once their person said so by choosing to add them. */
  let named = one("input[name=named]", form)?.value ?? "";
  /** The name that was left for another field, or that a page came back with: somebody's whole one, unless others are called so, too. */
  let passed = form.elements.new_customer?.defaultValue.trim() ?? "";
  /** Whom somebody chose from the list: another customer of the same name is another draft. */
  let chosen = "";
  /** Who stands in the field: as long as their name does, they are meant, whatever was typed in between. */
  let known = {};
  const select = one("[data-list] select", form);
  /** The button that adds somebody whose name is a part of others', while that is asked. */
  const anew = one("button[name=named]", form);
  let addNew = () => {};
  const begins = form.dataset.begins !== undefined;
  const own = () => ours;
  let ours = one("[data-currency]", form)?.dataset.currency ?? "";

  const whom = one("[data-find][data-into]", form);
  if (whom && select) {
    const input = one("input", whom);
    one("[data-list]", form).hidden = true;
    one("label", whom).textContent = whom.dataset.label;
    const told = one(".banner a[href='#new_customer'] span");
    if (told) told.textContent = whom.dataset.label;
    const hint = one(".hint", whom);
    if (hint) hint.textContent = whom.dataset.hint;
    const [listed] = select.selectedOptions;
    if (select.value && !input.value) {
      input.value = listed.dataset.name ?? listed.textContent;
      if (hint && listed.dataset.name) hint.textContent = listed.textContent;
      known = { id: select.value, name: input.value, language: listed.dataset.language };
    }
    addNew = (words) => { if (anew) Object.assign(anew, { hidden: !words, textContent: words ?? "" }); };
    anew?.addEventListener("click", (event) => { event.preventDefault(); choose(null); });
    const choose = (row) => {
      if (row) {
        if (![...select.options].some((option) => option.value === row.id)) select.append(new Option(row.name, row.id));
        select.value = row.id;
        chosen = row.id;
        input.value = row.name;
        known = row;
        if (hint) hint.textContent = row.second ? `${row.name}, ${row.second}` : whom.dataset.hint;
        ours = row.currency ?? ours;
      } else {
        select.value = "";
        named = input.value.trim();
        if (hint) hint.textContent = whom.dataset.new;
      }
      whose = undefined;
      addNew();
      form.dispatchEvent(new Event("change", { bubbles: true }));
    };
    // Typing over a name that was chosen means somebody else, until it stands there again.
    input.addEventListener("input", () => {
      select.value = known.id && input.value.trim() === known.name.trim() ? known.id : "";
      whose = undefined;
      if (named && hint) hint.textContent = whom.dataset.hint;
      named = "";
      passed = "";
      addNew();
    });
    // Whoever turns to another window is still writing it.
    input.addEventListener("change", () => setTimeout(() => { if (document.activeElement !== input) passed = input.value.trim(); }));
    // A new invoice begins with whom it is for; their list comes once somebody types or asks for it.
    if (begins && !select.value) input.focus();
    combo(whom, whom.dataset.find, choose, { entry: form.dataset.add });
    // What is sent is one of the two: whom one chose, or the name one typed.
    form.addEventListener("formdata", (event) => {
      if (select.value) event.formData.set("new_customer", "");
      if (named) event.formData.set("named", named);
    });
  }

  // A line takes what the catalogue says of an item: its price only in the currency of the invoice.
  const fill = (line, row) => {
    const field = (name) => one(`[name=line-${line.dataset.line}-${name}]`, line);
    const invoiced = form.elements.currency.value || ours;
    const put = (name, value) => {
      const place = field(name);
      if (place.matches("select") && ![...place.options].some((option) => option.value === value)) place.append(new Option(value, value));
      place.value = value;
    };
    // What the line was before is none of the item's: for how many its price was, or for what time.
    all("[data-carried]", line).forEach((was) => was.remove());
    put("name", row.name);
    for (const [name, value] of Object.entries(row.fills)) if (name !== "net_price" || row.currency === invoiced) put(name, value);
    if (row.fills.description) one("details", line).open = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
    field("quantity").focus();
  };
  /** What was typed goes into the catalogue because somebody said so: at once, or as soon as it has a price. */
  const keepItem = (line) => {
    const field = (name) => form.elements[`line-${line.dataset.line}-${name}`];
    const name = field("name").value.trim();
    const once = crypto.randomUUID();
    const note = make("p", form.dataset.keepThen, { class: "hint", role: "status" });
    const leaves = new AbortController();
    const { signal } = leaves;
    const leave = () => { leaves.abort(); note.remove(); };
    const send = async () => {
      if (!field("net_price").value.trim()) return;
      const said = new URLSearchParams({ once, name, currency: form.elements.currency.value || ours });
      for (const part of ["description", "unit", "net_price", "tax", "rate"]) said.set(part, field(part)?.value ?? "");
      const answer = await fetch("/items/keep", { method: "POST", body: said, redirect: "manual" }).catch(() => null);
      if (signal.aborted || !answer?.headers.get("content-type")?.startsWith("application/json")) return;
      note.textContent = (await answer.json()).said ?? note.textContent;
      if (!answer.ok) return;
      leaves.abort();
      field("name").addEventListener("input", () => note.remove(), { once: true });
    };
    all(":scope > p.hint", line).forEach((before) => before.remove());
    one(":scope > details", line).before(note);
    // Other words are another thing.
    field("name").addEventListener("input", leave, { signal });
    line.addEventListener("change", send, { signal });
    field("quantity").focus();
    send();
  };
  const offer = (line) => {
    const keeps = one("[data-keep-line]", line);
    if (keeps) {
      keeps.hidden = false;
      one("button", keeps).addEventListener("click", () => {
        const name = one("[data-item] input", line);
        if (name.value.trim()) keepItem(line); else name.focus();
      });
    }
    const box = one("[data-item]", line);
    const use = { words: form.dataset.use, act: () => form.elements[`line-${line.dataset.line}-quantity`].focus() };
    combo(box, box.dataset.item, (row) => { if (row) fill(line, row); else keepItem(line); }, { free: true, entry: form.dataset.keep, use });
  };

  // Lines come and go.
  const holder = one("#lines", form);
  const pattern = one("#line", form);
  one("noscript", holder)?.remove();
  const numbers = () => all("[data-line]", holder).map((line) => Number(line.dataset.line));
  /** Each line is called by its place, however many came and went before it. */
  const recount = () => all("[data-line] > .x", holder).forEach((button, place) => {
    for (const name of ["aria-label", "title"]) button.setAttribute(name, holder.dataset.drop.replace("{}", place + 1));
  });
  /** The highest number so far: a line that was taken out may come back with its own. */
  let highest = Math.max(-1, ...numbers());
  const add = () => {
    const number = ++highest;
    const line = pattern.content.firstElementChild.cloneNode(true);
    for (const element of [line, ...all("*", line)]) {
      for (const attribute of [...element.attributes]) {
        if (/\b(line|drop)-N\b/.test(attribute.value)) element.setAttribute(attribute.name, attribute.value.replaceAll("-N", `-${number}`));
      }
    }
    line.dataset.line = number;
    holder.append(line);
    recount();
    offer(line);
    return line;
  };
  /** One more discount or charge, beneath the last one that is filled in. */
  const another = (row) => {
    const next = row.cloneNode(true);
    all(".err, input[type=hidden]", next).forEach((one) => one.remove());
    for (const element of all("*", next)) {
      for (const { name, value } of [...element.attributes]) {
        if (/\badjustment-\d+/.test(value)) element.setAttribute(name, value.replace(/adjustment-(\d+)/, (_, at) => `adjustment-${Number(at) + 1}`));
      }
      element.classList.remove("bad");
      for (const name of ["aria-invalid", "aria-describedby"]) element.removeAttribute(name);
      if (element.matches("input")) element.value = "";
    }
    row.after(next);
  };
  all("[data-line]", holder).forEach(offer);
  if (begins && select?.value) one("input:not([type=hidden])", holder)?.focus();
  one("[data-script]", form).hidden = false;
  one("[data-add-line]", form).addEventListener("click", () => one("input:not([type=hidden])", add()).focus());
  // The line that was taken out last comes back where it was, with all that stood in it.
  const undo = one("[data-undo]", form);
  const gone = one("[data-gone]", form);
  let takenOut;
  const taken = (line, next) => {
    takenOut = line && { line, next };
    undo.hidden = !line;
    gone.textContent = line ? gone.dataset.gone.replace("{}", all("[data-line]", holder).indexOf(line) + 1) : "";
  };
  undo.addEventListener("click", () => {
    const { line, next } = takenOut;
    holder.insertBefore(line, next?.parentElement === holder ? next : null);
    recount();
    taken();
    one("input:not([type=hidden])", line).focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  holder.addEventListener("click", (event) => {
    const button = event.target.closest("button.x");
    if (!button) return;
    event.preventDefault();
    const line = button.closest(".line");
    const next = line.nextElementSibling;
    const filled = all("input:not([type=hidden])", line).some((field) => field.value);
    if (filled) taken(line, next);
    const beside = next ?? line.previousElementSibling;
    line.remove();
    if (numbers().length) recount(); else add();
    // What was filled in can come back, and that is the next thing somebody may want.
    if (filled) undo.focus({ preventScroll: true }); else one("input:not([type=hidden])", beside ?? holder)?.focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // Enter goes to the next line instead of sending a form that is half written.
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.matches("button, summary") || event.defaultPrevented) return;
    event.preventDefault();
    const line = event.target.closest(".line");
    one("input:not([type=hidden])", line.nextElementSibling ?? add())?.focus();
  });
  // In a field beside the lines it goes on to the next field.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented || !event.target.matches("input")) return;
    event.preventDefault();
    const fields = all("input:not([type=hidden]), select, textarea", form).filter((field) => field.checkVisibility());
    fields[fields.indexOf(event.target) + 1]?.focus();
  });

  // What it comes to, and what is wrong with what one has left.
  const left = new Set(all("[aria-invalid]", form).map((field) => field.name));
  const fields = () => all("input[name], textarea[name]", form);
  /** What stands in each field, for an answer that comes when something else may stand there. */
  const standing = () => new Map(fields().map((field) => [field.name, field.value]));
  /** Says at a field what is wrong with it, or that nothing is. */
  const complain = (field, sentence) => {
    const id = `${field.name}-error`;
    const place = field.closest(".line") ?? field.closest(".field");
    document.getElementById(id)?.remove();
    if (sentence) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", id);
      const error = make("p", sentence, { class: "err", id });
      const more = place.querySelector(":scope > details");
      if (more) more.before(error); else place.append(error);
    } else if (field.getAttribute("aria-invalid")) {
      field.removeAttribute("aria-invalid");
      const hint = document.getElementById(`${field.name}-hint`);
      if (hint) field.setAttribute("aria-describedby", hint.id); else field.removeAttribute("aria-describedby");
    }
    if (place && !place.querySelector("[aria-invalid]")) place.classList.remove("bad");
    else if (sentence) place.classList.add("bad");
  };
  /** Of a field that was typed into since the answer was asked for, the next answer says what is wrong. */
  const tell = (wrong, asked) => {
    for (const field of fields()) {
      if (asked.get(field.name) !== field.value) continue;
      complain(field, left.has(field.name) ? wrong[field.name] ?? (field.name === "new_customer" ? whose : undefined) : undefined);
    }
  };
  /** What somebody wrote and is wrong is marked; what they have not come to yet is not. */
  const mark = (wrong, asked) => {
    for (const name of Object.keys(wrong)) if (form.elements[name]?.value) left.add(name);
    tell(wrong, asked);
  };
  /** A field by its label, and by its line where it has one; and what is wrong with it. */
  const whereWrong = (name, why) => {
    const field = form.elements[name];
    const label = field && one(`label[for="${name}"]`, form)?.firstChild?.textContent.trim();
    if (!label) return why;
    const line = all("[data-line]", holder).indexOf(field.closest("[data-line]")) + 1;
    return `${line ? `${form.dataset.lineWord.replace("{}", line)}, ` : ""}${label}: ${why}`;
  };
  const show = (answer, asked) => {
    for (const line of all("[data-line]", holder)) {
      const net = answer.nets[line.dataset.line];
      one("output", line).replaceChildren(...(net ? drawn(net) : []));
    }
    // What cannot be read has no sum: the last one would be taken for it.
    const sums = one("#sums");
    sums.replaceChildren(...(answer.sums ? drawn(answer.sums) : [make("p", sums.dataset.none, { class: "muted" })]));
    tell(answer.wrong, asked);
    explain(answer.reasons);
  };
  // Why there is no VAT: asked of each kind that is free of it, in the usual words until somebody writes others.
  const free = one("[data-free]", form);
  const explain = (usual = {}) => {
    for (const part of all("[data-reason]", free)) {
      const words = usual[part.dataset.reason];
      const reason = one("input", part);
      const theirs = reason.value.trim() !== "" && reason.value !== part.dataset.usual;
      if (!theirs && document.activeElement !== reason && reason.value !== (words ?? "")) {
        reason.value = words ?? "";
        stale();
        soon();
      }
      part.dataset.usual = words ?? "";
      part.hidden = words === undefined && reason.value === "";
    }
    const asked = all("[data-reason]", free).some((part) => !part.hidden);
    if (asked === free.hidden) Object.assign(free, { hidden: !asked, open: asked });
  };
  let turn = 0;
  const preview = later(250, async () => {
    const mine = ++turn;
    const asked = standing();
    const answer = await send("/invoices/preview", "");
    if (answer && mine === turn && [200, 422].includes(answer.status)) show(await answer.json(), asked);
  });

  // Drafts keep themselves.
  let busy = false;
  let again = false;
  let stopped = false;
  let pressed = null;
  /** Everything a person typed or chose; not what the server told the form about itself. While all of it is kept, the form
      says so (`data-all-kept`). */
  const state = () => {
    const typed = new FormData(form);
    for (const name of ["once", "version", "customer", "new_customer"]) typed.delete(name);
    return `${new URLSearchParams(typed)} ${form.elements.new_customer.value} ${chosen}`;
  };
  /** Whether the last answer was that it is not kept, or none: also where this page was drawn with what was refused. */
  let unkept = "unkept" in form.dataset;
  /** What is kept, or was never typed. */
  let before = unkept ? undefined : state();
  /** Whether the head says why. */
  let complains = false;
  // That nothing stands in the way is said of what is kept: not while something else stands in the form.
  const stale = () => {
    const other = state() !== before;
    one("#before").classList.toggle("stale", other);
    form.toggleAttribute("data-all-kept", !other && !busy && form.elements.version.value !== "");
    sheet?.classList.toggle("old", other || paper !== form.elements.version.value);
  };
  const view = one("#view iframe");
  const sheet = view?.closest(".sheet");
  /** Of which version the paper is that stands there, and the one that was asked for. */
  let paper = form.elements.version.value;
  let wanted = paper;
  view?.addEventListener("load", () => { paper = wanted; stale(); });
  const ready = () => {
    const typed = new FormData(form);
    const name = typed.get("new_customer").trim();
    return name ? [named, passed].includes(name) : typed.get("customer");
  };
  /** What has to be there before anything can be kept is said as that: nothing went wrong yet. */
  const needs = () => {
    if (!busy && !stopped && state() !== before && !ready() && said?.textContent !== form.dataset.needs) say(form.dataset.needs);
  };
  const keep = async () => {
    const now = state();
    if (stopped || now === before || !ready()) return;
    if (busy) { again = true; return; }
    busy = true;
    complains = false;
    const asked = standing();
    say(form.dataset.saving);
    const answer = await send(form.action, "keep");
    const found = answer && answer.headers.get("content-type")?.includes("json") ? await answer.json().catch(() => null) : null;
    busy = false;
    unkept = !found?.kept;
    if (found?.kept) {
      before = now;
      form.action = `/invoices/${found.kept.id}`;
      form.elements.version.value = found.kept.version;
      form.elements.once.value = found.kept.once;
      if (select && !select.value) {
        select.append(new Option(form.elements.new_customer.value, found.kept.customer));
        select.value = found.kept.customer;
        known = { id: found.kept.customer, name: form.elements.new_customer.value };
      }
      one(".head h1").textContent = found.kept.title;
      document.title = `${found.kept.title} · Coffer`;
      one("#before").replaceChildren(...drawn(found.kept.before));
      stale();
      for (const act of all("[data-kept]", form)) act.hidden = false;
      const change = one("[data-change]", form);
      change.hidden = false;
      change.href = `/customers/${found.kept.customer}/edit?back=/invoices/${found.kept.id}/edit`;
      for (const gone of all("a[data-kept]", form)) gone.href = `/invoices/${found.kept.id}/delete`;
      history.replaceState(null, "", `/invoices/${found.kept.id}/edit`);
      say(found.kept.said);
      // What a button was refused for is mended: it could be kept.
      one("main .banner.alarm[role=alert]")?.remove();
      mark(found.wrong, asked);
      print(found.kept);
    } else if (answer?.status === 409) {
      stopped = true;
      say(found?.said, "err");
    } else if (answer?.status === 422 && found) {
      whose = found.wrong.new_customer;
      addNew(found.add);
      mark(found.wrong, asked);
      const named = Object.entries(found.wrong).map(([name, why]) => whereWrong(name, why));
      complains = !found.needs;
      say(found.needs ?? (named.length ? [form.dataset.unread, ...named].join(" ") : found.said || form.dataset.unsaved), complains ? "err" : "");
    } else {
      say(form.dataset.unsaved, "err");
    }
    if (pressed) { const button = pressed; pressed = null; form.requestSubmit(button); return; }
    if (again) { again = false; keep(); }
  };
  // The first paper comes at once; later ones when nobody types.
  let printing;
  const print = (kept) => {
    if (!view) return;
    const first = !view.hasAttribute("src");
    for (const open of all(".open-paper, .to-paper")) Object.assign(open, { hidden: false, href: `/invoices/${kept.id}/pdf` });
    const why = one("#view [data-then]");
    why.textContent = why.dataset.then;
    clearTimeout(printing);
    printing = setTimeout(() => {
      if (first) waits(view);
      wanted = `${kept.version}`;
      view.src = `/invoices/${kept.id}/pdf?v=${kept.version}#toolbar=0&navpanes=0&view=FitH`;
    }, first ? 0 : 800);
  };
  const soon = later(1500, keep);
  /** What is wrong with a field was said of what stood in it: whoever types there is mending it. That it is not kept stays said. */
  const mends = (field) => {
    if (!field.getAttribute?.("aria-invalid")) return;
    complain(field);
    if (complains) say(form.dataset.unread, "err");
    complains = false;
  };
  form.addEventListener("input", (event) => {
    mends(event.target);
    const line = event.target.closest?.(".line");
    if (line && !line.nextElementSibling && event.target.value) add();
    const row = event.target.closest?.(".adjustment");
    if (row && !row.nextElementSibling && event.target.matches("input") && event.target.value) another(row);
    stale();
    needs();
    preview();
    soon();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name) left.add(event.target.name);
    const tax = /-tax$/.test(event.target.name ?? "") ? event.target.value : "";
    // A sale to another EU country says when it was delivered.
    const optional = one("label[for=delivered_on] .opt", form);
    if (optional) optional.hidden = all("select[name$='-tax']", form).some((chosen) => chosen.value.startsWith("K "));
    if (tax.startsWith("K ")) Object.assign(one("[data-abroad]", form), { hidden: false, open: true });
    stale();
    needs();
    preview();
    soon();
  });
  form.addEventListener("submit", (event) => {
    if (busy) { event.preventDefault(); pressed = event.submitter; return; }
    before = state();
    stopped = true;
    unkept = false;
  });
  // What was not kept or cannot be yet would be lost: whoever leaves is asked, until it is kept or sent.
  addEventListener("beforeunload", (event) => {
    if (state() !== before && (unkept || !ready())) event.preventDefault();
  });
  // Leaving takes along what was typed last.
  addEventListener("pagehide", () => {
    if (stopped || busy || state() === before || !ready()) return;
    fetch(form.action, { method: "POST", body: body("keep"), keepalive: true }).catch(() => null);
  });
})();
