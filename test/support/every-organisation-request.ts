import { randomUUID } from 'node:crypto';
import { changeOf, newApproval, registerOne } from './approvals.ts';
import type { EveryRequest, Requests } from './every-request.ts';
import { addMember, password } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { freshEmail, invite } from './invitation.ts';
import { rulesOf, settingsWith, tried } from './rules.ts';
import { inDays } from './waivers.ts';

const onOrganisation =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  ({ users }: TestContext): EveryRequest => ({
    by: users.admin,
    ...more,
    params: { organisation: users.organisation, ...more.params },
  });

const unable = ({ users }: TestContext) => ({ unable: users.observer });

async function newMember({ users, server }: TestContext): Promise<string> {
  return (await addMember(server.services, users.organisation, 'New Hand', `${randomUUID()}@works.example`)).id;
}

async function absence(ctx: TestContext): Promise<Record<string, string>> {
  const { organisation, lead } = ctx.users;
  const params = { organisation, person: lead.id };
  const body = { from: inDays(ctx, ++away), until: inDays(ctx, away) };
  const recorded = await lead.call('post /api/organisations/{organisation}/people/{person}/absences', { params, body });
  return { ...params, absence: recorded.absence.id };
}

async function withFile({ users }: TestContext): Promise<{ approval: string; hash: string }> {
  const { id } = await registerOne(users);
  const ask = { params: { approval: id }, query: { name: 'a.pdf' }, file: pdf() };
  return { approval: id, hash: (await users.lead.call('post /api/approvals/{approval}/files', ask)).hash };
}

const pdf = () => new Blob([`%PDF-1.7\n${randomUUID()}`]);

let [days, scopes, away] = [200, 0, 30];

/** Requests about an organisation, its people, register and rules, and about the caller. */
export const organisationRequests: Requests = {
  getSelf: ({ users }) => ({ by: users.lead }),
  changeName: ({ users }) => ({ by: users.lead, body: { from: users.lead.name, to: 'Lena Ahrens' } }),
  getSetupState: ({ users }) => ({ by: users.lead }),
  getSetup: ({ users }) => ({ by: users.lead, params: { token: 'spent' } }),
  setTimeZone: async (ctx) => {
    const { admin, scope } = ctx.users;
    const from = (await admin.call('get /api/scopes/{scope}', { params: { scope } })).organisation.timeZone;
    const body = { from, to: from === 'UTC' ? 'Europe/Berlin' : 'UTC' };
    return { ...onOrganisation({ body })(ctx), ...unable(ctx) };
  },
  listPeople: onOrganisation(),
  removePerson: async (ctx) => ({
    ...onOrganisation({ params: { person: await newMember(ctx) } })(ctx),
    ...unable(ctx),
  }),
  recordAbsence: async (ctx) => {
    const body = { from: inDays(ctx, ++away), until: inDays(ctx, away) };
    return { ...onOrganisation({ params: { person: ctx.users.lead.id }, body })(ctx), ...unable(ctx) };
  },
  removeAbsence: async (ctx) => ({ by: ctx.users.admin, ...unable(ctx), params: await absence(ctx) }),
  listInvitations: onOrganisation(),
  invitePerson: (ctx) => ({
    ...onOrganisation({ body: { email: freshEmail(), admin: false, scope: ctx.users.scope, duties: ['reviewer'] } })(
      ctx,
    ),
    ...unable(ctx),
  }),
  revokeInvitation: async (ctx) => {
    const { organisation, admin, scope } = ctx.users;
    const body = { email: freshEmail(), admin: false, scope, duties: ['reviewer' as const] };
    const route = 'post /api/organisations/{organisation}/invitations';
    const { invitation } = await admin.call(route, { params: { organisation }, body });
    return { by: admin, ...unable(ctx), params: { organisation, invitation: invitation.id } };
  },
  previewInvitation: async ({ users }) => ({ by: users.lead, params: { token: (await invite(users)).token } }),
  acceptInvitation: async ({ users }) => {
    const { token } = await invite(users);
    return { by: users.lead, params: { token }, body: { name: 'New Hand', password } };
  },
  listScopes: ({ users }) => ({ by: users.lead }),
  createScope: (ctx) => ({
    ...onOrganisation({ body: { name: `Scope ${++scopes}`, prefix: `ER${scopes}` } })(ctx),
    ...unable(ctx),
  }),
  listMappings: onOrganisation(),
  saveMapping: (ctx) => {
    const columns = [{ column: 'Model', path: 'CocDataGroup/Type' }];
    const { organisation, lead: by } = ctx.users;
    return { by, ...unable(ctx), params: { organisation }, body: { name: randomUUID(), columns } };
  },
  listApprovals: onOrganisation(),
  registerApproval: (ctx) => ({ ...onOrganisation({ body: newApproval() })(ctx), ...unable(ctx) }),
  getApproval: async ({ users }) => ({ by: users.lead, params: { approval: (await registerOne(users)).id } }),
  changeApproval: async (ctx) => {
    const { params, body } = changeOf(await registerOne(ctx.users), { authority: 'SNCH' });
    return { by: ctx.users.lead, ...unable(ctx), params, body };
  },
  withdrawApproval: async (ctx) => {
    const { id } = await registerOne(ctx.users);
    const body = { on: inDays(ctx, 0), why: 'recalled' };
    return { by: ctx.users.lead, ...unable(ctx), params: { approval: id }, body };
  },
  listCarried: async ({ users }) => ({ by: users.lead, params: { approval: (await registerOne(users)).id } }),
  addApprovalFile: async (ctx) => {
    const { id } = await registerOne(ctx.users);
    const file = pdf();
    return { by: ctx.users.lead, ...unable(ctx), params: { approval: id }, query: { name: 'a.pdf' }, file };
  },
  getApprovalFile: async (ctx) => ({ by: ctx.users.lead, params: await withFile(ctx) }),
  getRules: onOrganisation(),
  tryRules: (ctx) => ({
    ...onOrganisation({ body: settingsWith({ waiverDays: ++days }) })(ctx),
  }),
  getRuleTrial: async (ctx) => {
    const { id } = await tried(ctx, settingsWith({ waiverDays: ++days }));
    return onOrganisation({ params: { trial: id } })(ctx);
  },
  changeRules: async (ctx) => {
    const settings = settingsWith({ waiverDays: ++days });
    await tried(ctx, settings);
    const { version } = (await rulesOf(ctx)).present;
    return { ...onOrganisation({ body: { from: version, settings, note: 'agreed' } })(ctx), ...unable(ctx) };
  },
  listNotifications: ({ users }) => ({ by: users.lead }),
  readNotifications: ({ users }) => ({ by: users.lead, body: { notifications: null } }),
  listNotificationChoices: ({ users }) => ({ by: users.lead }),
  chooseNotifications: ({ users }) => ({
    by: users.lead,
    body: { kind: 'action.given', inbox: true, email: true },
  }),
};
