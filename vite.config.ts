import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  // Its folders are not importable by Node as they are; the build bundles them.
  ssr: { noExternal: [/^@atlaskit\//] },
  plugins: [
    paraglideVitePlugin({
      project: './web/messages.inlang',
      outdir: './web/src/lib/paraglide',
      strategy: ['baseLocale'],
    }),
    sveltekit({
      adapter: adapter({ out: 'build' }),
      // An open page asks so often whether a newer one was deployed.
      version: { pollInterval: 300_000 },
      files: { src: 'web/src', assets: 'web/static' },
      // Attributes may style, because components set places and sizes; styles and scripts come from files and nonces.
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
