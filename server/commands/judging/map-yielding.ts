/**
 * In milliseconds: the longest that other requests wait for the main thread, each time they need it. A move needs it
 * about ten times.
 */
const turn = 3;

/** Maps a list without blocking the event loop for long: other work runs in between. */
export async function mapYielding<In, Out>(
  items: readonly In[],
  each: (item: In, index: number) => Out,
): Promise<Out[]> {
  const done: Out[] = [];
  let began = performance.now();
  for (const [index, item] of items.entries()) {
    done.push(each(item, index));
    if (performance.now() - began < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return done;
}
