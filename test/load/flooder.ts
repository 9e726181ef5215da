import { setTimeout } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { iviMessage } from '#test/support/ivi-message.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { setAt } from '#shared/domain/data-tree.ts';

/** One member who floods in one way, in a separate process, until told to stop. */
export interface Flood {
  kind: FloodKind;
  url: string;
  cookie: string;
  organisation: string;
  scope: string;
}

export const floodKinds = [
  'past board',
  'cards of a past board',
  'since',
  'agenda',
  'text filter',
  'moves refused',
  'trials',
  'long tables',
  'large files',
  'watch',
  'connections',
] as const;
export type FloodKind = (typeof floodKinds)[number];

/** Count of each answer: HTTP status, or outcome of a socket. */
export type Answers = Record<string, number>;

const parallel = 40;
/** Maximum number of requests: a flood ends by itself. */
const most = 20_000;
const answers: Answers = {};
const count = (answer: string | number) => (answers[answer] = (answers[answer] ?? 0) + 1);

/** Each connection sends the next request as soon as the last is answered. */
async function repeatRequests(ask: () => Promise<Response>): Promise<void> {
  let left = most;
  const connection = async () => {
    while (left-- > 0) {
      try {
        const response = await ask();
        await response.arrayBuffer();
        count(response.status);
      } catch {
        count('failed');
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, connection));
}

async function flood({ kind, url, cookie, organisation, scope }: Flood): Promise<void> {
  const get = (path: string) => () => fetch(url + path, { headers: { cookie } });
  const post = (path: string, body: () => BodyInit) => () =>
    fetch(url + path, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'operation-id': crypto.randomUUID() },
      body: body(),
    });
  const at = `/api/scopes/${scope}`;
  const openSocket = () =>
    io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie }, reconnectionDelay: 50 });
  const floods: Record<FloodKind, () => Promise<void>> = {
    'past board': () => repeatRequests(get(`${at}/board-at?seq=1`)),
    'cards of a past board': () => repeatRequests(get(`${at}/stages/intake/cards-at?seq=1`)),
    since: () => repeatRequests(get(`${at}/since?from=1`)),
    agenda: () => repeatRequests(get(`${at}/agenda`)),
    'text filter': () => repeatRequests(get(`${at}/board?text=NORD`)),
    'moves refused': () =>
      repeatRequests(post(`/api/records/${crypto.randomUUID()}/move`, () => '{"from":"intake","to":"data"}')),
    trials: () =>
      repeatRequests(
        post(`/api/organisations/${organisation}/rules/trials`, () =>
          JSON.stringify({ severities: { R50: 'warning' }, wmis: [], waiverDays: 90 }),
        ),
      ),
    'long tables': () => {
      const rows = Array.from({ length: 20_000 }, () => ({ AxleTrack: '1' }));
      const data = JSON.stringify({ data: { CocDataGroup: { AxleTable: { AxleGroup: rows } } } });
      return repeatRequests(post(`${at}/records`, () => data));
    },
    'large files': () => {
      const line = 'IP,Nordhavn,e1*2018/858*00001*01,T,V,W,SUND,Brise,M1,1500,1600,2700\n';
      const csv = new Blob([`VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct,m (kg),Mt,W (mm)\n`, line.repeat(150_000)]);
      const rows = Array.from({ length: 6_000 }, () => ({ AxleTrack: '1' }));
      const xml = iviMessage(setAt(sampleVehicle({ number: 1 }), 'CocDataGroup/AxleTable/AxleGroup', rows));
      let n = 0;
      return repeatRequests(post(`${at}/imports?file=flood`, () => (n++ % 2 === 0 ? csv : xml)));
    },
    async watch() {
      const socket = openSocket();
      socket.on('disconnect', () => (count('disconnected'), socket.connect()));
      for (;;) {
        for (let n = 0; n < 500; n++) socket.emit('watch', scope, () => count('watched'));
        await setTimeout(5);
      }
    },
    async connections() {
      const sockets = Array.from({ length: 300 }, () => {
        const socket = openSocket();
        socket.on('connect', () => socket.emit('watch', scope, () => count('watched')));
        socket.on('connect_error', ({ message }) => count(message));
        return socket;
      });
      for (;;) {
        for (const socket of sockets)
          if (socket.connected)
            socket.emit('attend', scope, { record: null, lifted: null, more: 0, held: null, writing: true });
          else if (!socket.active) socket.connect();
        await setTimeout(100);
      }
    },
  };
  await floods[kind]();
}

process.on('message', (message: Flood | 'stop') => {
  if (message === 'stop') {
    process.send!(answers, () => process.exit(0));
    return;
  }
  process.send!('begun');
  void flood(message);
});
process.once('disconnect', () => process.exit(0));
