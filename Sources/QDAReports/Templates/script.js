(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('scripted');
  var panel = document.getElementById('panel');
  var title = document.getElementById('panel-title');
  var body = document.getElementById('panel-body');
  var opener = null;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function add(tag, text, kind) {
    var node = document.createElement(tag);
    if (text) node.textContent = text;
    if (kind) node.className = kind;
    body.appendChild(node);
    return node;
  }
  function addQuotes(numbers) {
    (numbers || '').split(' ').filter(Boolean).forEach(function (number) {
      var quote = document.getElementById('q' + number);
      if (!quote) return;
      var copy = quote.cloneNode(true);
      copy.removeAttribute('id');
      body.appendChild(copy);
    });
  }
  function begin(heading) {
    all('td.active').forEach(function (cell) { cell.classList.remove('active'); });
    title.textContent = heading;
    body.textContent = '';
  }
  function show() {
    if (panel.hidden) opener = document.activeElement;
    panel.hidden = false;
    root.classList.add('paneled');
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    root.classList.remove('paneled');
    all('td.active').forEach(function (cell) { cell.classList.remove('active'); });
    if (/^#(q\d|cell-)/.test(location.hash)) history.pushState(null, '', location.pathname + location.search);
    if (opener && opener.focus) opener.focus({ preventScroll: true });
  }
  function openQuotes(heading, numbers) {
    begin(heading);
    addQuotes(numbers);
    show();
  }
  function openCell(cell) {
    var row = cell.parentNode;
    var head = cell.closest('table').tHead.rows[0].cells[cell.cellIndex];
    begin('');
    title.appendChild(row.cells[0].firstElementChild.cloneNode(true));
    title.appendChild(document.createTextNode(' ' + head.textContent));
    cell.classList.add('active');
    if (head.title) add('p', head.title, 'muted');
    var summary = cell.querySelector('.sum, .state');
    if (summary) body.appendChild(summary.cloneNode(true));
    if (cell.dataset.by) add('p', cell.dataset.by, 'muted');
    all('.alt', cell).forEach(function (other) { body.appendChild(other.cloneNode(true)); });
    if (cell.dataset.q) { add('h3', 'What the summary rests on'); addQuotes(cell.dataset.q); }
    if (cell.dataset.c) { add('h3', cell.dataset.q ? 'Also coded here' : 'Coded here'); addQuotes(cell.dataset.c); }
    show();
  }

  // Themes, one at a time.
  var tabs = all('[role=tab]');
  function select(tab) {
    tabs.forEach(function (other) {
      var on = other === tab;
      other.setAttribute('aria-selected', on);
      other.tabIndex = on ? 0 : -1;
      document.getElementById(other.getAttribute('aria-controls')).hidden = !on;
    });
  }
  tabs.forEach(function (tab, index) {
    document.getElementById(tab.getAttribute('aria-controls')).setAttribute('role', 'tabpanel');
    tab.addEventListener('click', function () { select(tab); });
    tab.addEventListener('keydown', function (event) {
      var step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (!step) return;
      var next = tabs[(index + step + tabs.length) % tabs.length];
      select(next);
      next.focus();
    });
  });
  if (tabs.length) select(tabs[0]);
  function reveal(node) {
    var chart = node.closest('.chart');
    if (chart && chart.hidden) select(document.getElementById('tab-' + chart.id.slice(6)));
    for (var d = node.closest('details'); d; d = d.parentNode.closest('details')) d.open = true;
  }

  // Addresses: #q12 is a quote, #cell-1-4-2 a cell of a matrix.
  function route() {
    var id = location.hash.slice(1);
    var node = id && document.getElementById(id);
    if (/^q\d+$/.test(id) && node) return openQuotes('Quote ' + id.slice(1), id.slice(1));
    if (/^cell-/.test(id) && node) {
      reveal(node);
      openCell(node);
      return node.scrollIntoView({ block: 'start', inline: 'start', behavior: 'instant' });
    }
    if (node) { reveal(node); node.scrollIntoView({ behavior: 'instant' }); }
    close();
  }
  function go(hash) {
    history.pushState(null, '', hash);
    route();
  }
  document.addEventListener('click', function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    var link = event.target.closest('a');
    if (link) {
      var hash = link.getAttribute('href') || '';
      if (link.dataset.q) {
        event.preventDefault();
        openQuotes(link.dataset.title, link.dataset.q);
      } else if (/^#(q\d|cell-)/.test(hash)) {
        event.preventDefault();
        if (panel.hidden) opener = link;
        go(hash);
      } else if (hash.charAt(0) === '#' && panel.contains(link)) {
        close();
      }
      return;
    }
    var cell = event.target.closest('.matrix td[id]');
    if (cell && cell.querySelector('.open') && !String(window.getSelection())) {
      opener = cell.querySelector('.open');
      go('#' + cell.id);
    }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') close();
  });
  document.getElementById('panel-close').addEventListener('click', close);
  window.addEventListener('popstate', route);

  // One role category at a time.
  var status = document.querySelector('.status');
  all('.filter input').forEach(function (input) {
    input.addEventListener('change', function () {
      var members = input.value.split(' ');
      all('[data-p]').forEach(function (node) {
        node.classList.toggle('off', !!input.value && members.indexOf(node.dataset.p) < 0);
      });
      status.textContent = input.value ? 'Showing ' + members.length + ': ' + input.dataset.name + '. Counts are of all.' : '';
    });
  });

  // Where the reader is.
  if ('IntersectionObserver' in window) {
    var links = {};
    all('.side nav a').forEach(function (link) { links[link.getAttribute('href').slice(1)] = link; });
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        Object.keys(links).forEach(function (id) { links[id].classList.toggle('here', id === entry.target.id); });
      });
    }, { rootMargin: '-15% 0px -75% 0px' });
    all('main>section').forEach(function (section) { observer.observe(section); });
  }

  // Paper shows everything.
  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = all('details:not([open])');
    closed.forEach(function (node) { node.open = true; });
  });
  window.addEventListener('afterprint', function () {
    closed.forEach(function (node) { node.open = false; });
  });
  if (location.hash) route();
})();
