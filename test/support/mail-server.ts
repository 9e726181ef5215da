import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  /** `smtp://…`, for the server configuration. */
  url: string;
  /** The accepted messages in full, with headers. */
  mails: { to: string[]; content: string }[];
  /** Refuses the next messages with an SMTP code instead of accepting them. */
  refuseNext(times: number, code: number): void;
  close(): Promise<void>;
}

/** A real SMTP server on its own port. */
export async function startMailServer(): Promise<TestMailServer> {
  const mails: TestMailServer['mails'] = [];
  let refusals = { left: 0, code: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusals.left > 0) {
          refusals.left -= 1;
          return done(Object.assign(new Error('not now'), { responseCode: refusals.code }));
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, content: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseNext: (left, code) => void (refusals = { left, code }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
