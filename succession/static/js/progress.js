// Keeps a page of long work up to date: asks every second and a half, reloads once the work has ended.
const place = document.querySelector("[data-progress]");
const PAUSE = 1500;
const LONGEST_PAUSE = 15000;

function show(state) {
  const bar = place.querySelector("progress");
  if (bar && state.total) {
    bar.max = state.total;
    bar.value = state.done;
  }
  place.querySelector("[data-progress-text]").textContent = state.text;
}

async function follow(pause) {
  let next = PAUSE;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (state.is_final || (state.total && !place.querySelector("progress"))) {
      location.reload();
      return;
    }
    show(state);
  } catch {
    next = Math.min(pause * 2, LONGEST_PAUSE); // offline, or the server restarts: ask less often, never give up
  }
  setTimeout(follow, next, next);
}

if (place) setTimeout(follow, PAUSE, PAUSE);
