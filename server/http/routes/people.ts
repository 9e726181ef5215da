import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Api } from '../app.ts';
import * as routes from '#shared/contract/routes/people.ts';
import { acceptInvitation } from '#server/commands/people/accept-invitation.ts';
import { changeName } from '#server/commands/people/change-name.ts';
import { createOrganisation } from '#server/commands/people/create-organisation.ts';
import { NotFound } from '#server/commands/errors.ts';
import { invitePerson } from '#server/commands/people/invite.ts';
import { recordAbsence } from '#server/commands/people/record-absence.ts';
import { removeAbsence } from '#server/commands/people/remove-absence.ts';
import { removePerson } from '#server/commands/people/remove.ts';
import { revokeInvitation } from '#server/commands/people/revoke-invitation.ts';
import { setTimeZone } from '#server/commands/scopes/set-time-zone.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { logError } from '#server/log.ts';
import { invitationMail } from '#server/mail/invitation-mail.ts';
import { demoPeople, invitationPreview, invitationsOf, peopleOf, selfOf } from '#server/queries/people.ts';
import { MailNotSent } from '../problem.ts';
import { serve, type HttpServices } from '../serve.ts';

export function mountPeople(app: Api, services: HttpServices): void {
  const { db } = services;
  serve(app, services, routes.getSelf, ({ person }) => selfOf(db, person));
  serve(app, services, routes.changeName, ({ body, call }) => changeName(services, call, body));
  serve(app, services, routes.getDemo, async () => {
    if (!services.demo) throw new NotFound('address');
    return demoPeople(db, services.demo);
  });
  serve(app, services, routes.getSetupState, async () => ({ waiting: services.setupToken() !== null }));
  serve(app, services, routes.getSetup, async ({ params }) => ({ usable: opensSetup(services, params.token) }));
  serve(app, services, routes.createOrganisation, ({ params, body, call }) => {
    if (!opensSetup(services, params.token)) throw new NotFound('link');
    return createOrganisation(services, { ...call, actor: null }, body);
  });
  serve(app, services, routes.setTimeZone, ({ params, body, call }) =>
    setTimeZone(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.listPeople, ({ params, person }) => peopleOf(db, person.id, params.organisation));
  serve(app, services, routes.removePerson, ({ params, body, call }) =>
    removePerson(services, call, { ...params, successor: body?.successor ?? null }),
  );
  serve(app, services, routes.recordAbsence, ({ params, body, call }) =>
    recordAbsence(services, call, { ...params, ...body }),
  );
  serve(app, services, routes.removeAbsence, ({ params, call }) => removeAbsence(services, call, params));
  serve(app, services, routes.listInvitations, ({ params, person }) =>
    invitationsOf(db, person.id, params.organisation, services.now()),
  );
  serve(app, services, routes.invitePerson, async ({ params, body, person, call }) => {
    // Derived from person and operation: a retry returns the same link, although only a hash is stored.
    const token = createHmac('sha256', services.secret)
      .update(`invitation ${person.id} ${call.operation}`)
      .digest('base64url');
    const { mailer } = services;
    const { invitation } = await invitePerson(services, call, { ...params, ...body, token, mailed: mailer !== null });
    const link = `${services.publicUrl}/join/${token}`;
    if (!mailer || !invitation.mailed) return { invitation, link };
    // A retry of the operation sends the mail again, until the mail server accepts it.
    await mailer.send(invitationMail(invitation, link)).catch((error: unknown) => {
      logError('mailing an invitation', error);
      throw new MailNotSent(invitation.email);
    });
    return { invitation, link: null };
  });
  serve(app, services, routes.revokeInvitation, ({ params, call }) => revokeInvitation(services, call, params));
  serve(app, services, routes.previewInvitation, ({ params }) => invitationPreview(db, params.token, services.now()));
  serve(app, services, routes.acceptInvitation, ({ params, body, call }) =>
    acceptInvitation(services, call, { token: params.token, newcomer: body }),
  );
  serve(app, services, routes.setDuties, ({ params, body, call }) => setDuties(services, call, { ...params, ...body }));
}

function opensSetup(services: HttpServices, token: string): boolean {
  const expected = Buffer.from(services.setupToken() ?? '');
  const given = Buffer.from(token);
  return given.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}
