/* global document, location, window */
// What the page itself does, in a file of its own: nothing here is inline, so a strict policy holds.
const { bot } = document.querySelector('script[data-bot]').dataset;
const address = new URL('/widget.js', location.href).href;

document.querySelector('[data-snippet]').textContent = `<script src="${address}" data-bot="${bot}" async></script>`;
document.querySelector('[data-open]').addEventListener('click', () => window.Docent?.('open'));
