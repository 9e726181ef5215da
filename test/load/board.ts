import { judge } from '#shared/domain/judge.ts';
import { passingFacts } from '#test/support/facts.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { fill } from './fill.ts';
import { catchUp, moveLatency, openBoard, quantile, saturate, withdraw } from './measure.ts';
import { addPeople } from './people.ts';
import { place } from './place.ts';
import { spawnServer } from './spawned-server.ts';

const secret = 'a secret that only the bench knows!';
const peers: Record<number, string> = { 100: '71 ms', 1000: '230 ms', 10_000: '1,772 ms' };

/** The board at several sizes, beside Planka's figures. */
export async function benchBoard(sizes: readonly number[], postgres: string | undefined): Promise<void> {
  console.log(`judging one record: ${judgeTime().toFixed(2)} ms (to reach: under 1)`);
  for (const size of sizes) await measure(size, postgres);
}

function judgeTime(): number {
  const facts = passingFacts();
  const times = Array.from({ length: 2000 }, () => {
    const began = performance.now();
    judge(facts);
    return performance.now() - began;
  });
  return quantile(times, 0.5);
}

async function measure(records: number, postgres: string | undefined): Promise<void> {
  const { config, env, clear } = await place(postgres);
  const database = await openDatabase(config);
  const filled = await fill(database.db, secret, records);
  // A budget limits each person, so each of the fifty pages belongs to a different one.
  const cookies = await addPeople(database.db, secret, filled, 'lead', 50);
  await database.close();
  const server = await spawnServer({ ...env, AUTH_SECRET: secret });
  const idle = server.memory();
  const open = await openBoard(server, filled, cookies);
  const cards = open.board.columns[0]!.cards;
  const one = await moveLatency(server, filled, cards, cookies.slice(0, 1));
  const fifty = await moveLatency(server, filled, cards, cookies);
  const full = await saturate(server, cards, cookies);
  const late = await catchUp(server, filled, open.board.seq + 100);
  const flagged = await withdraw(server, filled);
  await server.stop();
  await clear();
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(`\n${records.toLocaleString('en')} records`);
  console.table({
    'open the board, p50 / p95': {
      ours: `${ms(open.p50)} / ${ms(open.p95)}`,
      'to reach': '15 ms',
      Planka: peers[records] ?? '',
    },
    'its size, gzip': {
      ours: `${open.gzip.toFixed(1)} KB`,
      'to reach': '40 KB',
      Planka: records === 10_000 ? '1.65 MB' : '',
    },
    '50 people open it at once, median': {
      ours: ms(open.fifty),
      'to reach': '500 ms',
      Planka: records === 1000 ? '11.3 s' : '',
    },
    'move until seen, 1 watcher, p50 / p95': { ours: `${ms(one.p50)} / ${ms(one.p95)}`, 'to reach': '', Planka: '' },
    'move until seen, 50 watchers, p50 / p95': {
      ours: `${ms(fifty.p50)} / ${ms(fifty.p95)}`,
      'to reach': '10 / 20 ms',
      Planka: '29 / 36 ms',
    },
    'moves a second at saturation': {
      ours: full.perSecond.toFixed(0),
      'to reach': '500 (PostgreSQL)',
      Planka: records === 10_000 ? '20' : '49',
    },
    'processor seconds per 1,000 moves': { ours: full.cpu.toFixed(2), 'to reach': '2', Planka: '19 to 28' },
    'catch up on 100 events': { ours: ms(late), 'to reach': '', Planka: '' },
    'withdraw one extension: its fifth of the records flagged within': {
      ours: `${(flagged / 1000).toFixed(2)} s`,
      'to reach': 'seconds at 100,000',
      Planka: '',
    },
    'judged again, records a second': {
      ours: (records / 5 / (flagged / 1000)).toFixed(0),
      'to reach': '',
      Planka: '',
    },
    'import, records a second': { ours: filled.importRate.toFixed(0), 'to reach': '', Planka: '' },
    'start to ready': { ours: ms(server.startedIn), 'to reach': '2 s (4 s embedded)', Planka: '3.5 s' },
    'memory when idle': { ours: `${idle.toFixed(0)} MB`, 'to reach': '150 MB', Planka: '182 MB' },
  });
}
