import { generateNKeysBetween } from 'fractional-indexing';
import { expect, test } from 'vitest';
import { seeded, type Seeded } from '#test/support/seeded.ts';
import { keyIn, longKey, numbersAbove, reach, renumbered, tooLong } from './rank-keys.ts';

const moves = process.env['LONG'] ? 1_000_000 : 20_000;
const batch = 128;

interface Ranked {
  id: string;
  rank: string;
}

/**
 * A column whose cards move as on the server: a full key renumbers its neighbours, a longer one starts a sweep of the
 * column.
 */
class Column {
  cards: Ranked[];
  longest = 0;
  written = 0;
  mostWritten = 0;
  /** The key the sweep has reached; null: it starts from the beginning. */
  #tooLong = false;
  #swept: string | null | undefined = undefined;

  constructor(size: number, random: Seeded) {
    const ranks = generateNKeysBetween(null, null, size);
    this.cards = ranks.map((rank) => ({ id: random.id(), rank }));
  }

  move(from: number, to: number): void {
    const [card] = this.cards.splice(from, 1);
    const gap = [this.cards[to - 1]?.rank ?? null, this.cards[to]?.rank ?? null] as const;
    let rank = keyIn(gap, card!.id);
    if (rank === null || rank.length > longKey) rank = this.#makeRoom(to);
    card!.rank = rank;
    this.cards.splice(to, 0, card!);
    this.#note(rank);
    if (this.#swept === undefined && this.#tooLong) this.#swept = null;
    if (this.#swept !== undefined) this.#sweep();
  }

  #makeRoom(to: number): string {
    const first = Math.max(0, to - reach);
    const last = Math.min(this.cards.length, to + reach);
    const keys = this.cards.slice(first, last).map(({ rank }) => rank);
    const ends = { top: first === 0, bottom: last === this.cards.length };
    const fresh = renumbered(keys, to - first, ends)!;
    fresh.keys.forEach((key, index) => this.#write(this.cards[first + fresh.from + index]!, key));
    this.mostWritten = Math.max(this.mostWritten, fresh.keys.length);
    return fresh.own;
  }

  #sweep(): void {
    const high = this.#swept ?? null;
    const end = high === null ? this.cards.length : this.cards.findIndex(({ rank }) => rank >= high);
    const start = Math.max(0, end - batch);
    const low = this.cards[start - 1]?.rank ?? null;
    const fresh = numbersAbove(high, low, this.cards[end - 1]!.rank, end - start, this.cards.length + batch);
    fresh.forEach((key, index) => this.#write(this.cards[start + index]!, key));
    this.#swept = start === 0 ? undefined : fresh[0];
    if (start === 0) this.#tooLong = false;
  }

  #write(card: Ranked, rank: string): void {
    card.rank = rank;
    this.written += 1;
    this.#note(rank);
  }

  #note({ length }: string): void {
    this.longest = Math.max(this.longest, length);
    if (length > tooLong) this.#tooLong = true;
  }

  inOrder(): boolean {
    return this.cards.every(({ rank }, index) => index === 0 || this.cards[index - 1]!.rank < rank);
  }
}

test.for<[string, number, (i: number, cards: Ranked[], random: Seeded) => [number, number]]>([
  ['two cards alternately below a third', 45, () => [11, 10]],
  ['the last card always below the tenth', 45, (_, { length }) => [length - 1, 10]],
  ['the last card always into the middle', 3_000, (_, { length }) => [length - 1, 1_500]],
  ['both ends alternately into the middle', 3_000, (i, { length }) => [i % 2 ? 0 : length - 1, 1_500]],
  ['both ends, on both sides of one card', 2_000, (i, { length }) => [i % 2 ? 0 : length - 1, 1_000 + (i % 2)]],
  ['any card to one of three places', 1_000, (_, { length }, random) => [random.below(length), 500 + random.below(3)]],
  ['any card to any place', 1_000, (_, { length }, random) => [random.below(length), random.below(length)]],
  ['any card to the place with the longest keys', 500, (i, cards, random) => [random.below(500), hottest(i, cards)]],
])(
  'moves keep the keys short and the order correct: %s (faults no. 4, P27)',
  { timeout: 600_000 },
  ([, size, next]) => {
    const random = seeded(7);
    const column = new Column(size, random);
    let inOrder = true;
    for (let i = 0; i < moves; i++) {
      const [from, to] = next(i, column.cards, random);
      column.move(from, to);
      if (i % 5_000 === 0) inOrder &&= column.inOrder();
    }
    expect(inOrder && column.inOrder()).toBe(true);
    expect(column.longest).toBeLessThan(40);
    expect(column.mostWritten).toBeLessThanOrEqual(2 * reach);
    expect(column.written / moves).toBeLessThan(10);
  },
);

let hot = 250;
function hottest(i: number, cards: readonly Ranked[]): number {
  if (i % 50 === 0) {
    hot = 1;
    for (let at = 2; at < cards.length - 1; at++) if (cards[at]!.rank.length > cards[hot]!.rank.length) hot = at;
  }
  return hot;
}

test('two records get different keys in the same gap, at every depth (fault P27)', () => {
  const random = seeded(11);
  for (const gap of [
    [null, null],
    ['a0', null],
    [null, 'a0'],
    ['a0', 'a1'],
    ['a0', 'a0V'],
    ['a0', 'a01'],
    ['a0', 'a0001'],
    ['a1zzzz', 'a2'],
    ['Zz', 'a0'],
  ] as const) {
    const [one, other] = [keyIn(gap, random.id())!, keyIn(gap, random.id())!];
    expect(one).not.toBe(other);
    for (const key of [one, other]) {
      expect(gap[0] === null || gap[0] < key, `${gap[0]} ${key}`).toBe(true);
      expect(gap[1] === null || key < gap[1], `${key} ${gap[1]}`).toBe(true);
    }
  }
  expect(keyIn(['a0', 'a0'], random.id())).toBeNull();
});

test('renumbering the neighbours separates equal keys (fault P27)', () => {
  const fresh = renumbered(['a0', 'a1', 'a1', 'a1', 'a2'], 2, { top: true, bottom: true })!;
  const keys = ['a0', 'a1', 'a1', 'a1', 'a2'];
  fresh.keys.forEach((key, index) => (keys[fresh.from + index] = key));
  keys.splice(2, 0, fresh.own);
  expect(keys).toEqual([...keys].sort());
  expect(new Set(keys).size).toBe(6);
});
