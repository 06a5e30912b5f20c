import type { Feature } from '../types';

/** What the site shows on its features page and at `/api/features`. */
export const features: Feature[] = [
  {
    name: 'One file, one route',
    description: 'A server block in TypeScript and the page below it. What the block declares, the page can print.',
  },
  {
    name: 'Fresh when it has to be',
    description: 'A block that awaits runs on every request. Search, posts and the account page are made this way.',
  },
  {
    name: 'Static when it can be',
    description: 'This page was made once, at build time, from an endpoint of the same site.',
  },
  {
    name: 'Regenerated in between',
    description: 'The product list is kept for an hour, and can be refreshed by hand at any time.',
  },
  {
    name: 'Escaped by place',
    description: 'Text, attributes, URLs and JSON each have their own rules, and the compiler knows where it stands.',
  },
  {
    name: 'No script for readers',
    description: 'Forms and links do the work: everything here can be read and searched without a line of JavaScript.',
  },
];
