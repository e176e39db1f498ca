// The page works without this. With it, it follows the room: it asks where the room is now as soon
// as that has changed, but never takes away what somebody is typing, nor what stands there when
// nobody answers any more.
"use strict";
(() => {
  const seen = document.body.dataset.version;
  const bar = (id, shown) => { document.getElementById(id).hidden = !shown; };
  let leaving = false;
  let moving = 0;
  let quiet = 0;

  const typed = "textarea, input:not([type=hidden]):not([type=radio])";
  const unsaved = () =>
    document.activeElement?.matches(typed) ||
    [...document.querySelectorAll(typed)].some((each) => each.value !== each.defaultValue) ||
    [...document.querySelectorAll("input[type=radio]")].some(
      (each) => each.checked !== each.defaultChecked,
    );

  // Whether the room would be there: without an answer, the browser would show an error page.
  const isThere = async () => {
    try {
      const headers = { Accept: "application/json" };
      const signal = AbortSignal.timeout?.(8000);
      const asked = { headers, signal, cache: "no-store", credentials: "same-origin" };
      return (await fetch("/room", asked)).ok;
    } catch {
      return false;
    }
  };

  const follow = async (stays = unsaved) => {
    moving = 0;
    if (leaving) return;
    if (stays()) return bar("goes-on", true);
    const there = await isThere();
    if (leaving) return;
    if (!there) {
      bar("lost", true);
      moving ||= setTimeout(follow, 3000 + Math.random() * 3000);
    } else if (stays()) bar("goes-on", true);
    else location.replace("/room");
  };

  // Everybody's phone hears of a change at the same moment: they ask a little apart.
  const soon = () => { moving ||= setTimeout(follow, Math.random() * 400); };

  const listen = () => {
    const events = new EventSource("/events");
    events.onmessage = (event) => {
      clearTimeout(quiet);
      quiet = 0;
      bar("lost", false);
      bar("held", false);
      if (event.data !== seen) soon();
    };
    events.onerror = () => {
      quiet ||= setTimeout(bar, 5000, "lost", true);
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000 + Math.random() * 3000);
    };
  };

  // Where the line seems lost, a tap first sees whether the room is there after all: without an
  // answer, an error page would take the place of what stands here.
  const again = async (form, button) => {
    const there = await isThere();
    bar("held", !there);
    if (!there) return;
    bar("lost", false);
    form.requestSubmit?.(button);
  };

  // A tap that is on its way is neither sent twice nor overtaken by a change of the room.
  addEventListener("submit", (event) => {
    if (leaving) return event.preventDefault();
    if (!document.getElementById("lost").hidden) {
      event.preventDefault();
      again(event.target, event.submitter);
      return;
    }
    leaving = true;
    setTimeout(() => { leaving = false; }, 8000);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    follow(() => false);
  });

  const votes = document.querySelector("form.votes");
  if (votes) {
    const left = votes.querySelector(".left");
    const count = () => {
      const given = [...votes.querySelectorAll(":checked")].map((each) => Number(each.value));
      const rest = votes.dataset.most - given.reduce((sum, each) => sum + each, 0);
      const said = rest < 0 ? left.dataset.over : left.dataset.left;
      left.textContent = said.replace("#", Math.abs(rest));
      left.hidden = false;
    };
    votes.addEventListener("change", count);
    count();
  }
  listen();
})();
