/** The ten posts, newest first: one file each in `posts/`. */
import index from './posts/an-index-is-a-promise-about-order';
import dark from './posts/a-dark-theme-is-not-an-inverted-one';
import escape from './posts/escape-where-you-print';
import etags from './posts/etags-the-quiet-cache';
import form from './posts/the-form-element-already-knows-how-to-search';
import log from './posts/the-log-comes-first';
import measure from './posts/sixty-six-characters';
import stale from './posts/stale-is-a-feature';
import streaming from './posts/streaming-before-it-was-fashionable';
import transactions from './posts/transactions-are-about-failure';
import type { PostSeed } from './post';

export const posts: PostSeed[] = [
  index,
  form,
  stale,
  measure,
  escape,
  transactions,
  dark,
  etags,
  streaming,
  log,
];
