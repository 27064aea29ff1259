// The bot's id comes from the server through a <meta> element; nothing here is inline, so a strict policy holds.
const botId = document.querySelector('meta[name=docent-bot]').content;
const address = new URL('/widget.js', location.href).href;

// Trusted Types ask who made a script's address; this policy allows exactly one.
const policy = window.trustedTypes?.createPolicy('docent-demo', { createScriptURL: () => address });
const script = document.createElement('script');
script.src = policy ? policy.createScriptURL('') : address;
script.dataset.bot = botId;
script.async = true;
document.head.append(script);

document.querySelector('[data-snippet]').textContent = `<script src="${address}" data-bot="${botId}" async></script>`;
document.querySelector('[data-open]').addEventListener('click', () => window.Docent?.('open'));
