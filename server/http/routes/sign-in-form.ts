import type { Context } from 'hono';
import { wayBack } from '#shared/domain/way-back.ts';
import type { Api } from '../app.ts';
import { answerProblem } from '../problem.ts';

/**
 * Accepts the sign-in form as a browser sends it without JavaScript, and redirects to a page. The password is in the
 * body and never in a URL.
 */
export function mountSignInForm(app: Api, signIn: (c: Context, given: unknown) => Promise<Response>): void {
  app.post('/api/sign-in', async (c) => {
    const fields = new URLSearchParams(await c.req.text());
    const from = wayBack(fields.get('from'));
    const given = { email: fields.get('email') ?? '', password: fields.get('password') ?? '' };
    const answer = await signIn(c, given).catch((error: unknown) => answerProblem(c, error));
    if (!answer.ok) {
      const trouble = answer.status === 429 ? 'slow' : answer.status < 500 ? 'wrong' : 'failed';
      return c.redirect(`/sign-in?${new URLSearchParams({ trouble, from })}`, 303);
    }
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return c.redirect(from, 303);
  });
}
