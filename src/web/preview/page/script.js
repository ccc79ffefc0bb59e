// Keeps the page as new as the digest: news in by Server-Sent Events, parts of the page replaced out. Everything else
// works without it.
"use strict";

const parts = ["bar", "notes", "stage", "figures", "details"];
const byId = (id, page = document) => page.getElementById(id);

// Replaces a part unless it is the same; what was folded out stays so, and the digest keeps its place.
function renew(id, page) {
  const [old, next] = [byId(id), byId(id, page)];
  if (!old || !next) return false;
  const frames = [old, next].map((part) => part.querySelector("iframe"));
  if (frames[0] && frames[1] && frames[0].getAttribute("src") === frames[1].getAttribute("src")) {
    frames[0].contentWindow.location.reload();
    return true;
  }
  if (old.outerHTML === next.outerHTML) return true;
  const open = [...old.querySelectorAll("details[open]")].map((details) => details.id);
  const [top, left] = [old.scrollTop, old.scrollLeft];
  old.replaceWith(next);
  for (const details of next.querySelectorAll("details")) details.open = open.includes(details.id);
  next.scrollTo(left, top);
  return true;
}

async function refresh() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!parts.map((id) => renew(id, page)).every(Boolean)) return location.reload();
  document.title = page.title;
  document.documentElement.dataset.version = page.documentElement.dataset.version;
}

function say(state, words) {
  document.documentElement.dataset.state = state;
  byId("pulse").textContent = words;
}

const news = new EventSource("changes");
news.addEventListener("busy", () => say("busy", "Composing…"));
news.addEventListener("shown", async (event) => {
  if (event.data !== document.documentElement.dataset.version) await refresh();
  say("live", "Live");
});
news.addEventListener("error", () => say("gone", "Ended"));

document.addEventListener("change", (event) => {
  if (event.target.id === "as") event.target.form.submit();
});
