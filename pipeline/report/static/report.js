/* lkjip: the report's only script. No network, no innerHTML: texts of reports are only ever set as text. */
(function () {
  "use strict";

  var root = document.documentElement;
  var SHAPES = ["▲", "◆", "○"];
  var SEVERITIES = [["Tinggi", "High"], ["Sedang", "Medium"], ["Rendah", "Low"]];
  var SEVERITY_KEYS = ["tinggi", "sedang", "rendah"];
  var STATUS = { ok: ["terbaca", "read"], partial: ["sebagian", "in part"], failed: ["gagal", "failed"] };
  var PER_PAGE = 25;

  function remember(key, value) { try { localStorage.setItem("lkjip-" + key, value); } catch (e) { /* not allowed */ } }
  function recall(key) { try { return localStorage.getItem("lkjip-" + key); } catch (e) { return null; } }
  function lang() { return root.dataset.lang === "en" ? 1 : 0; }
  function words(id, en) { return lang() ? en : id; }
  function digits(n) { return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "."); }

  function make(tag, attributes, children) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  }

  /* --- language and theme: set before the page is drawn --- */

  var listeners = [];

  function setLang(value) {
    root.dataset.lang = root.lang = value;
    document.querySelectorAll("[data-set-lang]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.setLang === value));
    });
    listeners.forEach(function (listener) { listener(); });
  }

  function setTheme(value) {
    if (value === "light" || value === "dark") { root.dataset.theme = value; } else { delete root.dataset.theme; }
  }

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  setTheme(recall("theme"));
  if (recall("lang") === "id" || recall("lang") === "en") { root.dataset.lang = root.lang = recall("lang"); }

  /* --- lists of the index --- */

  var lists = { dokumen: { rows: [], parts: {} }, temuan: { rows: [], parts: {} } };
  var settings = null;
  var ready = false;

  var COLUMNS = {
    temuan: [
      { id: "tingkat", name: ["Tingkat", "Severity"], key: function (r) { return r[1]; } },
      { id: "perihal", name: ["Perihal", "Subject"], key: function (r) { return r[3].toLowerCase(); } },
      { id: "instansi", name: ["Instansi dan tahun", "Agency and year"], key: function (r) { return who(r).toLowerCase(); } },
      { id: "tercetak", name: ["Tercetak", "Printed"], num: true },
      { id: "seharusnya", name: ["Seharusnya", "Expected"], num: true },
      { id: "selisih", name: ["Selisih", "Difference"], num: true, key: function (r) { return -r[8]; } }
    ],
    dokumen: [
      { id: "instansi", name: ["Instansi", "Agency"], key: function (r) { return r[1].toLowerCase(); } },
      { id: "tahun", name: ["Tahun", "Year"], num: true, key: function (r) { return -r[2]; } },
      { id: "jenis", name: ["Jenis", "Kind"], key: function (r) { return r[3]; } },
      { id: "temuan", name: ["Temuan", "Findings"], key: function (r) { return -(r[5] * 1e8 + r[6] * 1e4 + r[7]); } },
      { id: "rupiah", name: ["Selisih rupiah", "Rupiah in question"], num: true, key: function (r) { return -r[8]; } },
      { id: "cocok", name: ["Cocok / diperiksa", "Agree / checked"], num: true, key: function (r) { return -r[10]; } },
      { id: "status", name: ["Pembacaan", "Reading"], key: function (r) { return { failed: 0, partial: 1, ok: 2 }[r[4]]; } }
    ]
  };

  function document_of(row) { return lists.dokumen.rows[row[0]] || ["", "", 0]; }
  function who(row) { var d = document_of(row); return d[1] + " " + (d[2] || ""); }

  function haystack(name, row) {
    if (name === "dokumen") { return [row[1], row[2], row[3], row[13], row[14]].join(" ").toLowerCase(); }
    return [row[3], row[4], row[5], row[6], row[7], row[9], who(row), (settings.aturan[row[2]] || []).join(" ")]
      .join(" ").toLowerCase();
  }

  window.lkjip = {
    mulai: function (given) { settings = given; },
    terima: function (name, part, rows) {
      lists[name].parts[part] = rows;
      if (ready) { gather(name); }
    }
  };

  /* Parts may only be appended in order: rows of findings name documents by their position. */
  function gather(name) {
    var list = lists[name];
    list.next = list.next || 0;
    while (list.parts[list.next]) {
      Array.prototype.push.apply(list.rows, list.parts[list.next]);
      list.parts[list.next] = null;
      list.next += 1;
    }
    if (list.view) { list.view.refresh(); }
    if (name === "dokumen" && lists.temuan.view) { lists.temuan.view.texts = []; lists.temuan.view.refresh(true); }
    fetchNext();
  }

  /* One file after the other, documents first; the page can be used all the while. */
  var loading = false;
  function fetchNext() {
    if (loading) { return; }
    var name = lists.dokumen.next < settings.berkas.dokumen.length ? "dokumen" : "temuan";
    var file = settings.berkas[name][lists[name].next];
    if (!file) { return; }
    loading = true;
    var script = document.createElement("script");
    script.src = file;
    script.onload = script.onerror = function () { loading = false; script.remove(); fetchNext(); };
    setTimeout(function () { document.head.appendChild(script); }, 0);
  }

  function View(name, place) {
    var view = this;
    this.name = name;
    this.list = lists[name];
    this.order = null;
    this.reverse = false;
    this.page = 0;
    this.filters = { text: "", severity: "", rule: "", year: "", status: "" };
    this.found = [];
    this.texts = [];
    this.place = place;
    this.build();
    listeners.push(function () { view.build(); view.draw(); });
  }

  View.prototype.build = function () {
    var view = this, name = this.name;
    this.place.textContent = "";
    var controls = make("div", { "class": "filter no-print" });
    var search = this.field(controls, words("Cari", "Search"), make("input", { type: "search", autocomplete: "off" }));
    search.value = this.filters.text;
    var timer = null;
    search.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () { view.set("text", search.value); }, 120);
    });
    if (name === "temuan") {
      this.select(controls, "severity", words("Tingkat", "Severity"), SEVERITIES.map(function (both, i) { return [i, both[lang()]]; }));
      this.select(controls, "rule", words("Aturan", "Rule"), settings.aturan.map(function (both, i) { return [i, both[lang()]]; })
        .sort(function (a, b) { return a[1] < b[1] ? -1 : 1; }));
    } else {
      this.select(controls, "status", words("Pembacaan", "Reading"), Object.keys(STATUS).map(function (key) { return [key, STATUS[key][lang()]]; }));
    }
    this.yearBox = this.select(controls, "year", words("Tahun", "Year"), this.years());
    this.place.appendChild(controls);
    this.status = make("p", { "class": "small", role: "status", "aria-live": "polite" });
    this.place.appendChild(this.status);
    var table = make("table", { "class": "data cards list-" + name });
    table.appendChild(make("caption", { "class": "vh" }, [name === "temuan" ? words("Temuan", "Findings") : words("Dokumen", "Documents")]));
    var head = make("tr");
    COLUMNS[name].forEach(function (column) {
      var cell = make("th", { scope: "col", "data-name": column.name[lang()] });
      if (column.num) { cell.className = "num"; }
      if (column.key) {
        var button = make("button", { type: "button", "class": "sort" }, [column.name[lang()]]);
        button.addEventListener("click", function () { view.sort(column); });
        cell.appendChild(button);
      } else { cell.textContent = column.name[lang()]; }
      column.cell = cell;
      head.appendChild(cell);
    });
    table.appendChild(make("thead", {}, [head]));
    this.body = make("tbody");
    table.appendChild(this.body);
    this.place.appendChild(make("div", { "class": "scroll", tabindex: "0", role: "group", "aria-label": name }, [table]));
    this.pager = make("nav", { "class": "pager no-print", "aria-label": words("Halaman daftar", "Pages of the list") });
    this.place.appendChild(this.pager);
    this.mark();
  };

  View.prototype.field = function (controls, text, input) {
    controls.appendChild(make("label", {}, [make("span", {}, [text]), input]));
    return input;
  };

  View.prototype.select = function (controls, key, text, options) {
    var view = this, box = make("select");
    this.options(box, options, this.filters[key]);
    box.addEventListener("change", function () { view.set(key, box.value); });
    return this.field(controls, text, box);
  };

  View.prototype.options = function (box, options, chosen) {
    box.textContent = "";
    [["", words("semua", "all")]].concat(options).forEach(function (option) {
      box.appendChild(make("option", { value: String(option[0]) }, [String(option[1])]));
    });
    box.value = String(chosen);
  };

  View.prototype.years = function () {
    var seen = {};
    lists.dokumen.rows.forEach(function (row) { seen[row[2]] = true; });
    return Object.keys(seen).sort().reverse().map(function (year) { return [year, year === "0" ? "–" : year]; });
  };

  View.prototype.set = function (key, value) { this.filters[key] = value; this.page = 0; this.refresh(true); };

  View.prototype.sort = function (column) {
    this.reverse = this.order === column ? !this.reverse : false;
    this.order = column;
    this.page = 0;
    this.mark();
    this.refresh(true);
  };

  View.prototype.mark = function () {
    var view = this;
    COLUMNS[this.name].forEach(function (column) {
      if (view.order === column) { column.cell.setAttribute("aria-sort", view.reverse ? "descending" : "ascending"); }
      else { column.cell.removeAttribute("aria-sort"); }
    });
  };

  View.prototype.matches = function (i) {
    var row = this.list.rows[i], f = this.filters;
    if (this.name === "temuan") {
      if (f.severity !== "" && row[1] !== Number(f.severity)) { return false; }
      if (f.rule !== "" && row[2] !== Number(f.rule)) { return false; }
      if (f.year !== "" && String(document_of(row)[2]) !== f.year) { return false; }
    } else {
      if (f.status !== "" && row[4] !== f.status) { return false; }
      if (f.year !== "" && String(row[2]) !== f.year) { return false; }
    }
    if (!this.needles.length) { return true; }
    var text = this.texts[i] || (this.texts[i] = haystack(this.name, row));
    return this.needles.every(function (needle) { return text.indexOf(needle) >= 0; });
  };

  /* `again`: filter from the start; otherwise only rows that arrived since are looked at (unless they are sorted). */
  View.prototype.refresh = function (again) {
    var rows = this.list.rows, i;
    this.needles = this.filters.text.toLowerCase().split(/\s+/).filter(Boolean);
    if (again || this.order) { this.found = []; this.seen = 0; }
    for (i = this.seen || 0; i < rows.length; i += 1) { if (this.matches(i)) { this.found.push(i); } }
    this.seen = rows.length;
    if (this.order) { this.arrange(); }
    if (this.yearBox && this.yearBox.options.length !== this.years().length + 1) {
      this.options(this.yearBox, this.years(), this.filters.year);
    }
    this.draw();
  };

  View.prototype.arrange = function () {
    var rows = this.list.rows, key = this.order.key, sign = this.reverse ? -1 : 1;
    var keys = {};
    this.found.forEach(function (i) { keys[i] = key(rows[i]); });
    this.found.sort(function (a, b) {
      if (keys[a] < keys[b]) { return -sign; }
      if (keys[a] > keys[b]) { return sign; }
      return a - b;
    });
  };

  View.prototype.draw = function () {
    var view = this, total = settings.jumlah[this.name], found = this.found.length;
    var pages = Math.max(1, Math.ceil(found / PER_PAGE));
    this.page = Math.min(this.page, pages - 1);
    /* Rows are only put in anew where others are to be seen: a reader's place and focus stay while files arrive. */
    var shown = this.found.slice(this.page * PER_PAGE, (this.page + 1) * PER_PAGE);
    var state = [lang(), lists.dokumen.rows.length].concat(shown).join(" ");
    if (state !== this.state || !this.body.firstChild) {
      this.state = state;
      this.body.textContent = "";
      shown.forEach(function (i) {
        view.body.appendChild(view.name === "temuan" ? findingRow(view.list.rows[i]) : documentRow(view.list.rows[i]));
      });
    }
    var loaded = this.list.rows.length;
    this.status.textContent = words(digits(found) + " dari " + digits(total), digits(found) + " of " + digits(total))
      + (loaded < total ? words(" (memuat " + digits(loaded) + " …)", " (loading " + digits(loaded) + " …)") : "");
    this.place.dataset.loaded = String(loaded);
    this.drawPager(pages);
  };

  View.prototype.drawPager = function (pages) {
    var view = this;
    this.pager.textContent = "";
    if (pages < 2) { return; }
    function step(text, page, able) {
      var button = make("button", { type: "button" }, [text]);
      button.disabled = !able;
      button.addEventListener("click", function () { view.page = page; view.draw(); view.place.scrollIntoView(); });
      view.pager.appendChild(button);
    }
    step(words("Pertama", "First"), 0, this.page > 0);
    step(words("Sebelumnya", "Previous"), this.page - 1, this.page > 0);
    this.pager.appendChild(make("span", {}, [words("Halaman ", "Page ") + digits(this.page + 1) + " / " + digits(pages)]));
    step(words("Berikutnya", "Next"), this.page + 1, this.page < pages - 1);
    step(words("Terakhir", "Last"), pages - 1, this.page < pages - 1);
  };

  function severity(i, count) {
    var parts = [make("span", { "class": "shape", "aria-hidden": "true" }, [SHAPES[i]]), " " + (count === undefined ? "" : digits(count) + " ") ];
    parts.push(make("span", count === undefined ? {} : { "class": "vh" }, [SEVERITIES[i][lang()]]));
    return make("span", { "class": "sev sev-" + SEVERITY_KEYS[i] }, parts);
  }

  function cell(column, children, className) {
    return make("td", { "data-label": column.name[lang()], "class": className || (column.num ? "num" : "") }, [make("div", {}, children)]);
  }

  function findingRow(row) {
    var c = COLUMNS.temuan, rule = settings.aturan[row[2]] || ["", ""], d = document_of(row);
    var subject = [make("a", { href: d[0] + "#t-" + row[9], lang: "id" }, [make("bdi", {}, [row[3]])]),
      make("span", { "class": "note" }, [rule[lang()] + (row[4] ? " · " + row[4] : "") + (row[10] ? " · " + row[10] : "")])];
    return make("tr", {}, [cell(c[0], [severity(row[1])]), cell(c[1], subject, "main"),
      cell(c[2], [make("bdi", {}, [d[1]]), make("span", { "class": "note" }, [d[2] ? String(d[2]) : "–"])]),
      cell(c[3], [make("bdi", {}, [row[5]])]), cell(c[4], [make("bdi", {}, [row[6]])]), cell(c[5], [make("bdi", {}, [row[7]])])]);
  }

  function documentRow(row) {
    var c = COLUMNS.dokumen, counts = [];
    [5, 6, 7].forEach(function (at, i) { if (row[at]) { counts.push(severity(i, row[at]), " "); } });
    var whole = row[10] + row[11] + row[12];
    return make("tr", {}, [
      cell(c[0], [make("a", { href: row[0] }, [make("bdi", {}, [row[1]])]), make("span", { "class": "note" }, [make("bdi", {}, [row[13]])])], "main"),
      cell(c[1], [row[2] ? String(row[2]) : "–"]), cell(c[2], [row[3]]), cell(c[3], counts.length ? counts : ["–"]),
      cell(c[4], [row[9] || "–"]), cell(c[5], [whole ? digits(row[10]) + " / " + digits(whole) : "–"]),
      cell(c[6], [STATUS[row[4]] ? STATUS[row[4]][lang()] : row[4]].concat(row[14] ? [make("span", { "class": "note", lang: "id" }, [row[14]])] : []))
    ]);
  }

  /* --- a document's page --- */

  function filterFindings(box) {
    var buttons = box.querySelectorAll("[data-sev]"), shown = box.querySelector("[data-shown]");
    var findings = document.querySelectorAll("article.finding");
    var chosen = "";
    function apply() {
      var n = 0;
      findings.forEach(function (one) {
        one.hidden = chosen !== "" && one.dataset.sev !== chosen;
        n += one.hidden ? 0 : 1;
      });
      buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.sev === chosen)); });
      shown.textContent = chosen === "" ? "" : words(n + " dari " + findings.length + " temuan", n + " of " + findings.length + " findings");
    }
    buttons.forEach(function (button) {
      button.addEventListener("click", function () { chosen = button.dataset.sev; apply(); });
    });
    listeners.push(apply);
  }

  /* On a narrow screen the marked cell of an excerpt may lie beyond its edge. */
  function showMarked() {
    document.querySelectorAll(".excerpt .scroll").forEach(function (box) {
      var cell = box.querySelector(".k-wrong") || box.querySelector(".k-seen");
      if (cell && box.scrollWidth > box.clientWidth) {
        box.scrollLeft = cell.offsetLeft - (box.clientWidth - cell.offsetWidth) / 2;
      }
    });
  }

  /* What a link leads to may stand in closed details or be filtered out. */
  function reveal() {
    var id = location.hash.slice(1), target = null;
    try { target = id && document.getElementById(decodeURIComponent(id)); } catch (e) { return; }
    if (!target) { return; }
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
      if (node.hidden) { node.hidden = false; }
    }
    target.scrollIntoView();
  }

  document.addEventListener("DOMContentLoaded", function () {
    setLang(root.dataset.lang === "en" ? "en" : "id");
    document.querySelectorAll("[data-set-lang]").forEach(function (button) {
      button.addEventListener("click", function () { remember("lang", button.dataset.setLang); setLang(button.dataset.setLang); });
    });
    document.querySelectorAll("[data-theme-toggle]").forEach(function (button) {
      button.addEventListener("click", function () { var theme = dark() ? "light" : "dark"; remember("theme", theme); setTheme(theme); });
    });
    document.querySelectorAll("[data-filter-findings]").forEach(filterFindings);
    document.querySelectorAll("[data-open-all]").forEach(function (button) {
      button.addEventListener("click", function () {
        var all = document.querySelectorAll(button.dataset.openAll + " details");
        var open = Array.prototype.some.call(all, function (one) { return !one.open; });
        all.forEach(function (one) { one.open = open; });
      });
    });
    if (settings) {
      ready = true;
      gather("dokumen");
      gather("temuan");
      document.querySelectorAll("[data-list]").forEach(function (place) {
        var name = place.dataset.list;
        lists[name].view = new View(name, place);
        lists[name].view.refresh(true);
      });
    }
    showMarked();
    addEventListener("hashchange", reveal);
    reveal();
  });
})();
