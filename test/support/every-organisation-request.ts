import { randomUUID } from 'node:crypto';
import { changeOf, newApproval, registerOne } from './approvals.ts';
import type { EveryRequest, Requests } from './every-request.ts';
import { addMember, password } from './founding.ts';
import type { Ground } from './ground.ts';
import { freshEmail, invite } from './invitation.ts';
import { rulesOf, settingsWith, tried } from './rules.ts';
import { inDays } from './waivers.ts';

const onOrganisation =
  (more: Omit<EveryRequest, 'by'> = {}) =>
  ({ cast }: Ground): EveryRequest => ({
    by: cast.admin,
    ...more,
    params: { organisation: cast.organisation, ...more.params },
  });

const unable = ({ cast }: Ground) => ({ unable: cast.observer });

async function newMember({ cast, server }: Ground): Promise<string> {
  return (await addMember(server.services, cast.organisation, 'New Hand', `${randomUUID()}@works.example`)).id;
}

async function absence(ground: Ground): Promise<Record<string, string>> {
  const { organisation, lead } = ground.cast;
  const params = { organisation, person: lead.id };
  const body = { from: inDays(ground, ++away), until: inDays(ground, away) };
  const recorded = await lead.call('post /api/organisations/{organisation}/people/{person}/absences', { params, body });
  return { ...params, absence: recorded.absence.id };
}

async function withFile({ cast }: Ground): Promise<{ approval: string; hash: string }> {
  const { id } = await registerOne(cast);
  const ask = { params: { approval: id }, query: { name: 'a.pdf' }, file: pdf() };
  return { approval: id, hash: (await cast.lead.call('post /api/approvals/{approval}/files', ask)).hash };
}

const pdf = () => new Blob([`%PDF-1.7\n${randomUUID()}`]);

let [days, scopes, away] = [200, 0, 30];

/** Requests about an organisation, its people, register and rules, and about oneself. */
export const organisationRequests: Requests = {
  getSelf: ({ cast }) => ({ by: cast.lead }),
  changeName: ({ cast }) => ({ by: cast.lead, body: { from: cast.lead.name, to: 'Lena Ahrens' } }),
  getSetupState: ({ cast }) => ({ by: cast.lead }),
  getSetup: ({ cast }) => ({ by: cast.lead, params: { token: 'spent' } }),
  setTimeZone: async (ground) => {
    const { admin, scope } = ground.cast;
    const from = (await admin.call('get /api/scopes/{scope}', { params: { scope } })).organisation.timeZone;
    const body = { from, to: from === 'UTC' ? 'Europe/Berlin' : 'UTC' };
    return { ...onOrganisation({ body })(ground), ...unable(ground) };
  },
  listPeople: onOrganisation(),
  removePerson: async (ground) => ({
    ...onOrganisation({ params: { person: await newMember(ground) } })(ground),
    ...unable(ground),
  }),
  recordAbsence: async (ground) => {
    const body = { from: inDays(ground, ++away), until: inDays(ground, away) };
    return { ...onOrganisation({ params: { person: ground.cast.lead.id }, body })(ground), ...unable(ground) };
  },
  removeAbsence: async (ground) => ({ by: ground.cast.admin, ...unable(ground), params: await absence(ground) }),
  listInvitations: onOrganisation(),
  invitePerson: (ground) => ({
    ...onOrganisation({ body: { email: freshEmail(), admin: false, scope: ground.cast.scope, duties: ['reviewer'] } })(
      ground,
    ),
    ...unable(ground),
  }),
  revokeInvitation: async (ground) => {
    const { organisation, admin, scope } = ground.cast;
    const body = { email: freshEmail(), admin: false, scope, duties: ['reviewer' as const] };
    const route = 'post /api/organisations/{organisation}/invitations';
    const { invitation } = await admin.call(route, { params: { organisation }, body });
    return { by: admin, ...unable(ground), params: { organisation, invitation: invitation.id } };
  },
  previewInvitation: async ({ cast }) => ({ by: cast.lead, params: { token: (await invite(cast)).token } }),
  acceptInvitation: async ({ cast }) => {
    const { token } = await invite(cast);
    return { by: cast.lead, params: { token }, body: { name: 'New Hand', password } };
  },
  listScopes: ({ cast }) => ({ by: cast.lead }),
  createScope: (ground) => ({
    ...onOrganisation({ body: { name: `Scope ${++scopes}`, prefix: `ER${scopes}` } })(ground),
    ...unable(ground),
  }),
  listMappings: onOrganisation(),
  saveMapping: (ground) => {
    const columns = [{ column: 'Model', path: 'CocDataGroup/Type' }];
    const { organisation, lead: by } = ground.cast;
    return { by, ...unable(ground), params: { organisation }, body: { name: randomUUID(), columns } };
  },
  listApprovals: onOrganisation(),
  registerApproval: (ground) => ({ ...onOrganisation({ body: newApproval() })(ground), ...unable(ground) }),
  getApproval: async ({ cast }) => ({ by: cast.lead, params: { approval: (await registerOne(cast)).id } }),
  changeApproval: async (ground) => {
    const { params, body } = changeOf(await registerOne(ground.cast), { authority: 'SNCH' });
    return { by: ground.cast.lead, ...unable(ground), params, body };
  },
  withdrawApproval: async (ground) => {
    const { id } = await registerOne(ground.cast);
    const body = { on: inDays(ground, 0), why: 'recalled' };
    return { by: ground.cast.lead, ...unable(ground), params: { approval: id }, body };
  },
  listCarried: async ({ cast }) => ({ by: cast.lead, params: { approval: (await registerOne(cast)).id } }),
  addApprovalFile: async (ground) => {
    const { id } = await registerOne(ground.cast);
    const file = pdf();
    return { by: ground.cast.lead, ...unable(ground), params: { approval: id }, query: { name: 'a.pdf' }, file };
  },
  getApprovalFile: async (ground) => ({ by: ground.cast.lead, params: await withFile(ground) }),
  getRules: onOrganisation(),
  tryRules: (ground) => ({
    ...onOrganisation({ body: settingsWith({ waiverDays: ++days }) })(ground),
  }),
  getRuleTrial: async (ground) => {
    const { id } = await tried(ground, settingsWith({ waiverDays: ++days }));
    return onOrganisation({ params: { trial: id } })(ground);
  },
  changeRules: async (ground) => {
    const settings = settingsWith({ waiverDays: ++days });
    await tried(ground, settings);
    const { version } = (await rulesOf(ground)).present;
    return { ...onOrganisation({ body: { from: version, settings, note: 'agreed' } })(ground), ...unable(ground) };
  },
  listNotifications: ({ cast }) => ({ by: cast.lead }),
  readNotifications: ({ cast }) => ({ by: cast.lead, body: { notifications: null } }),
  listNotificationChoices: ({ cast }) => ({ by: cast.lead }),
  chooseNotifications: ({ cast }) => ({
    by: cast.lead,
    body: { kind: 'action.given', inbox: true, email: true },
  }),
};
