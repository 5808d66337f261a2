// Warns before the session ends by itself; what is typed stays in the page. Pages of the same site tell each other.
const WARN_MS = 5 * 60 * 1000;
const LONGEST_MS = 24 * 60 * 60 * 1000;
const LOOK_EVERY_MS = 20 * 1000;

export function watch(box) {
  let endsAt = Date.now() + Number(box.dataset.sessionSeconds) * 1000;
  let isForGood = false;
  if (endsAt - Date.now() > LONGEST_MS) return;
  const others = "BroadcastChannel" in window ? new BroadcastChannel("session-end") : null;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const shown = { soon: part("soon"), forGood: part("for-good"), over: part("over") };
  const button = part("stay-button");

  const tell = () => others?.postMessage(endsAt);
  const look = () => {
    const left = endsAt - Date.now();
    const state = left > WARN_MS ? null : left <= 0 ? "over" : isForGood ? "forGood" : "soon";
    for (const [name, words] of Object.entries(shown)) words.hidden = name !== state;
    button.hidden = state !== "soon";
    box.hidden = state === null;
  };
  const stay = async () => {
    const answer = await fetch(box.dataset.stay, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      endsAt = Date.now();
    } else {
      endsAt = Date.now() + (await answer.json()).seconds * 1000;
      isForGood = endsAt - Date.now() <= WARN_MS;
      tell();
    }
    look();
  };

  button.addEventListener("click", () => stay().catch(look));
  others?.addEventListener("message", (event) => {
    endsAt = Math.max(endsAt, event.data);
    look();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_EVERY_MS);
  tell();
}
