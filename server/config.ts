import { z } from 'zod';

/** The environment, parsed once. Every variable stands in the README's table. */
const Environment = z.object({
  PORT: z.coerce.number('PORT has to be a number.').int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url('PUBLIC_URL has to be an address like https://board.example.').optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL has to begin with postgres:// or postgresql://.' })
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'REDIS_URL has to begin with redis:// or rediss://.' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'SMTP_URL has to begin with smtp:// or smtps://.' }).optional(),
  MAIL_FROM: z.email('MAIL_FROM has to be an e-mail address.').optional(),
  DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'DIGEST_AT has to be an hour like 06:00, in UTC.')
    .default('06:00'),
  AUTH_SECRET: z.string().min(32, 'AUTH_SECRET needs at least 32 characters.').optional(),
});

export interface Config {
  port: number;
  host: string;
  /** Where people reach the board; links and cookies are made for it. */
  publicUrl: string;
  database: { kind: 'postgres'; url: string } | { kind: 'embedded'; folder: string };
  /** Through which several processes on one database hear each other; null: there is one. */
  redisUrl: string | null;
  /** The mail server of the daily digest; null: no mail is sent. */
  mail: { url: string; from: string; digestAt: string } | null;
  dataDir: string;
  authSecret: string | null;
  /** Slows down guessing at passwords; off only in tests and the demo. */
  limitSignIn: boolean;
}

/** A setting that cannot be used. Its message is the one sentence the person who starts the server reads. */
export class BadConfiguration extends Error {}

/** Throws BadConfiguration. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    throw new BadConfiguration(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const { PORT, HOST, PUBLIC_URL, DATA_DIR, DATABASE_URL, REDIS_URL, AUTH_SECRET, SMTP_URL, MAIL_FROM, DIGEST_AT } =
    parsed.data;
  if (SMTP_URL && !MAIL_FROM) {
    throw new BadConfiguration('SMTP_URL sends mail in somebody’s name: set MAIL_FROM, the address it comes from.');
  }
  if (REDIS_URL && !DATABASE_URL) {
    throw new BadConfiguration('REDIS_URL joins processes that share a PostgreSQL database: set DATABASE_URL too.');
  }
  if (REDIS_URL && !AUTH_SECRET) {
    throw new BadConfiguration('REDIS_URL joins processes that sign with one secret: set AUTH_SECRET too.');
  }
  return {
    port: PORT,
    host: HOST,
    publicUrl: (PUBLIC_URL ?? `http://${HOST === '127.0.0.1' ? 'localhost' : HOST}:${PORT}`).replace(/\/$/, ''),
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
