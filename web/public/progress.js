// Shows how far work has come, second by second, on the page that tells of it. Without this a link asks again.
const turn = async () => {
  const now = document.querySelector('[data-progress]');
  if (!now || now.dataset.progress === 'done') return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('[data-progress]');
    if (next) {
      now.replaceWith(next);
      // The list is replaced once, when there is nothing more to come: nobody loses their place in it meanwhile.
      if (next.dataset.progress === 'done')
        document.querySelector('[data-results]')?.replaceWith(page.querySelector('[data-results]'));
    }
  } catch {
    // The server is away for a moment: the next look tells.
  }
  setTimeout(turn, 1000);
};
setTimeout(turn, 1000);
