import { checkImport } from '#server/commands/imports/check.ts';
import { Forbidden } from '#server/commands/errors.ts';
import { approvalFileLimit } from '#shared/domain/approval-file.ts';
import { csvLimit } from '#server/imports/readers/limits.ts';
import { sendAs, type OutsiderClients } from './access.ts';
import type { Client } from './client.ts';
import { everyRequest } from './every-request.ts';
import { by } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { freshEmail } from './invitation.ts';
import { newRecord } from './records.ts';

import { ownAttempts } from './own-attempts.ts';

type Attempt = (ctx: TestContext, people: OutsiderClients) => Promise<string[]>;

const unless = (holds: boolean, fault: string): string[] => (holds ? [] : [fault]);

/** Attempts around an access check that the plain request of a route does not cover. Each returns the faults. */
export const accessAttempts: Record<string, Attempt> = {
  ...ownAttempts,

  async 'a move that names what its author saw of the document'({ users }, { elsewhere }) {
    const { id } = await newRecord(users);
    // A state vector with an unknown client: the server waits for it before it judges.
    const seen = Buffer.from([1, 200, 1, 9]).toString('base64');
    const body = { from: 'intake', to: 'data', seen };
    const { status } = await sendAs(elsewhere, 'moveRecord', { params: { record: id }, body });
    return unless(status === 404, `a stranger learned of a record's document: ${status}`);
  },

  async 'a membership of somebody who has none'({ users }) {
    const params = { organisation: users.organisation, person: users.elsewhere.admin.id };
    const { status } = await sendAs(users.admin, 'removePerson', { params });
    return unless(status === 404, `a person of another organisation was removed: ${status}`);
  },

  async 'open work for a successor who is no member'(ctx) {
    const { users } = ctx;
    const { params = {}, by: admin } = await everyRequest.removePerson!(ctx);
    const body = { successor: users.elsewhere.admin.id };
    const { status } = await sendAs(admin, 'removePerson', { params, body });
    return unless(status === 404, `a person of another organisation was named as successor: ${status}`);
  },

  async 'invitations, read by somebody who manages nobody'({ users }) {
    const params = { organisation: users.organisation };
    const { status } = await sendAs(users.observer, 'listInvitations', { params });
    return unless(status === 403, `the invitations were read without the duty: ${status}`);
  },

  async 'an invitation to the organisation, and one to a scope, by those who do not see them'({ users }, people) {
    const params = { organisation: users.organisation };
    const inviting = (by: Client, admin: boolean) => {
      const where = admin ? { scope: null, duties: [] } : { scope: users.scope, duties: ['reviewer'] };
      return sendAs(by, 'invitePerson', { params, body: { email: freshEmail(), admin, ...where } });
    };
    const [stranger, dutiless] = [await inviting(people.elsewhere, true), await inviting(people.dutiless, false)];
    return [
      ...unless(stranger.status === 404, `a stranger learned of an organisation: ${stranger.status}`),
      ...unless(dutiless.status === 404, `a member without a duty learned of a scope: ${dutiless.status}`),
    ];
  },

  async 'a file too large for an approval, from somebody who may not change it'(ctx, { dutiless }) {
    const file = new Blob([new Uint8Array(approvalFileLimit + 1)]);
    const { params = {} } = await everyRequest.addApprovalFile!(ctx);
    const faults: string[] = [];
    for (const person of [ctx.users.observer, dutiless]) {
      const { status } = await sendAs(person, 'addApprovalFile', { params, query: { name: 'a.pdf' }, file });
      faults.push(...unless(status === 403, `the file was looked at before the duty: ${status}`));
    }
    return faults;
  },

  async 'duties for somebody who is no member'({ users }) {
    const params = { scope: users.scope, person: users.elsewhere.admin.id };
    const { status } = await sendAs(users.lead, 'setDuties', { params, body: { from: [], to: ['observer'] } });
    return unless(status === 404, `a person of another organisation was given a duty: ${status}`);
  },

  async 'a file too large, from somebody who may hand in none'({ users }, { elsewhere }) {
    const ask = {
      params: { scope: users.scope },
      query: { file: 'a.csv' },
      file: new Blob([new Uint8Array(csvLimit + 1)]),
    };
    const [unable, stranger] = [
      await sendAs(users.observer, 'checkImport', ask),
      await sendAs(elsewhere, 'checkImport', ask),
    ];
    return [
      ...unless(unable.status === 403, `the file was looked at before the duty: ${unable.status}`),
      ...unless(stranger.status === 404, `the file was looked at before the scope: ${stranger.status}`),
    ];
  },

  async 'an import by a caller of the command itself'({ users, server }) {
    const input = { scope: users.scope, file: 'a.csv', kind: 'csv' as const };
    const said: unknown = await checkImport(server.services, by(users.observer), input).catch(
      (error: unknown) => error,
    );
    return unless(said instanceof Forbidden, 'the command took an import from somebody without the duty');
  },
};
