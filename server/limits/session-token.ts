const sessionToken = /(?:^|;\s*)[^=;]*session_token=([^;]*)/;

/** The session token of a cookie header. Not the whole header: a script can add anything to that. */
export const tokenIn = (cookie: string | undefined): string | undefined => sessionToken.exec(cookie ?? '')?.[1];
