"use strict";
// Clicks and dialogs go to the sink as JSON, which no page of another origin can send.
const main = document.querySelector("main");
const dialog = document.querySelector("dialog");

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

function add(parent, tag, text) {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  return element;
}

// Slack's mrkdwn without its marks: what a dialog here needs.
const plain = (text) =>
  text.replace(/[*`]/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

function show(view) {
  const form = dialog.querySelector("form");
  form.replaceChildren();
  add(form, "h3", view.title.text);
  let input = null;
  for (const block of view.blocks) {
    if (block.type === "section") add(form, "p", plain(block.text.text));
    if (block.type === "input") {
      const label = add(form, "label", block.label.text + (block.optional ? " (optional)" : ""));
      input = label.appendChild(document.createElement("textarea"));
      input.maxLength = block.element.max_length || 3000;
    }
  }
  const error = add(form, "p", "");
  error.setAttribute("role", "alert");
  if (view.submit) {
    const submit = add(form, "button", view.submit.text);
    submit.className = "primary";
    submit.type = "button";
    submit.onclick = async () => {
      const answer = await send("/slack/submit", { view_id: view.id, text: input ? input.value : "" });
      if (answer.errors) error.textContent = Object.values(answer.errors).join(" ");
      else if (answer.view) show(answer.view);
      else if (answer.status !== 200) error.textContent = "The app did not take it. Try again.";
      else dialog.close();
    };
  }
  add(form, "button", view.close ? view.close.text : "Close").value = "close";
  if (!dialog.open) dialog.showModal();
}

main.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-action]");
  if (!button) return;
  button.disabled = true;
  const answer = await send("/slack/click", {
    channel: main.dataset.channel,
    ts: button.closest("article").dataset.ts,
    action_id: button.dataset.action,
  });
  if (answer.view) show(answer.view);
  button.disabled = false;
});

setInterval(async () => {
  if (dialog.open || document.hidden) return;
  const page = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  if (fresh && fresh.innerHTML !== main.dataset.last) {
    main.dataset.last = fresh.innerHTML;
    main.replaceChildren(...fresh.childNodes);
  }
}, 2000);
