import { isIP } from 'node:net';
import { z } from 'zod';
import { readTrustedProxies, type TrustedProxies } from '#server/trusted-proxies.ts';

/** The environment, parsed once. The README's table documents every variable; an empty one counts as not set. */
const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((port) => port <= 65535)
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: z.string().optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().optional(),
  DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('06:00'),
  AUTH_SECRET: z.string().min(32).optional(),
});

/** The error message for each variable with an unusable value. */
const sentences: Record<keyof z.input<typeof Environment>, string> = {
  PORT: 'PORT has to be a number from 0 to 65535.',
  HOST: 'HOST has to be an address to listen on, like 127.0.0.1 or ::.',
  PUBLIC_URL: 'PUBLIC_URL has to be an address like https://board.example.',
  TRUST_PROXY: 'TRUST_PROXY has to be a number of proxies, or their addresses separated by commas.',
  DATA_DIR: 'DATA_DIR has to be a folder.',
  DATABASE_URL: 'DATABASE_URL has to begin with postgres:// or postgresql://.',
  REDIS_URL: 'REDIS_URL has to begin with redis:// or rediss://.',
  SMTP_URL: 'SMTP_URL has to begin with smtp:// or smtps://.',
  MAIL_FROM: 'MAIL_FROM has to be an e-mail address.',
  DIGEST_AT: 'DIGEST_AT has to be an hour like 06:00, in UTC.',
  AUTH_SECRET: 'AUTH_SECRET needs at least 32 characters.',
};

export interface Config {
  port: number;
  host: string;
  /** The address at which people reach the board; links and cookies use it. No trailing slash. */
  publicUrl: string;
  /** Whether PUBLIC_URL was set; if not, the local addresses of this machine are accepted as well. */
  publicUrlGiven: boolean;
  /** The proxies that are trusted to report the client address. */
  trustedProxies: TrustedProxies;
  database: { kind: 'postgres'; url: string } | { kind: 'embedded'; folder: string };
  /**
   * The message bus between processes that share one database; null: PostgreSQL, or no bus with the embedded database.
   */
  redisUrl: string | null;
  /** The SMTP server and the time of the daily digest; null: no mail is sent. */
  mail: { url: string; from: string; digestAt: string } | null;
  dataDir: string;
  authSecret: string | null;
  /** Limits password guessing; off only in tests and the demo. */
  limitSignIn: boolean;
}

/** A setting that cannot be used. Its message is the one sentence shown to the person who starts the server. */
export class BadConfiguration extends Error {}

/** Parses the environment. Throws BadConfiguration. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => path[0] as keyof typeof sentences));
    throw new BadConfiguration([...names].map((name) => sentences[name]).join('\n'));
  }
  const { PORT, HOST, PUBLIC_URL, TRUST_PROXY, DATA_DIR, DATABASE_URL, REDIS_URL, AUTH_SECRET, SMTP_URL } = parsed.data;
  const { MAIL_FROM, DIGEST_AT } = parsed.data;
  if (SMTP_URL && !MAIL_FROM) {
    throw new BadConfiguration('SMTP_URL sends mail in somebody’s name: set MAIL_FROM, the address it comes from.');
  }
  if (REDIS_URL && !DATABASE_URL) {
    throw new BadConfiguration('REDIS_URL joins processes that share a PostgreSQL database: set DATABASE_URL too.');
  }
  if (REDIS_URL && !AUTH_SECRET) {
    throw new BadConfiguration('REDIS_URL joins processes that sign with one secret: set AUTH_SECRET too.');
  }
  const trustedProxies = readTrustedProxies(TRUST_PROXY ?? '0');
  if (!trustedProxies) throw new BadConfiguration(sentences.TRUST_PROXY);
  const host = HOST.replace(/^\[(.*)\]$/, '$1');
  return {
    port: PORT,
    host,
    publicUrl: PUBLIC_URL ? bareOrigin(PUBLIC_URL) : `http://${nameOf(host)}:${PORT}`,
    publicUrlGiven: PUBLIC_URL !== undefined,
    trustedProxies,
    database: DATABASE_URL
      ? { kind: 'postgres', url: DATABASE_URL }
      : { kind: 'embedded', folder: `${DATA_DIR}/database` },
    redisUrl: REDIS_URL ?? null,
    mail: SMTP_URL ? { url: SMTP_URL, from: MAIL_FROM!, digestAt: DIGEST_AT } : null,
    dataDir: DATA_DIR,
    authSecret: AUTH_SECRET ?? null,
    limitSignIn: true,
  };
}

/**
 * The origin of an address. Throws BadConfiguration if the address is more than an origin: the board is only served at
 * the root of a host.
 */
function bareOrigin(address: string): string {
  const { origin, pathname, search, hash, username, password } = new URL(address);
  if (pathname !== '/' || search || hash || username || password) {
    throw new BadConfiguration(
      `PUBLIC_URL has to be an address without a path, like ${origin}: the board is served at the root of its host.`,
    );
  }
  return origin;
}

/** The host name under which a page on this machine reaches a listen address. */
function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return isIP(host) === 6 ? `[${host}]` : host;
}
