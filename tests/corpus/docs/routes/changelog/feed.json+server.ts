import { releases } from '$lib/changelog';
import { defineHandler, json } from 'velox/server';

export const GET = defineHandler(() =>
  json({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Lathe releases',
    items: releases.map(({ version, date, notes }) => ({
      id: version,
      url: `https://docs.lathe.example/changelog/${version}`,
      date_published: `${date}T00:00:00Z`,
      content_text: Object.entries(notes).map(([kind, list]) => `${kind}: ${list.join('; ')}`).join('\n'),
    })),
  }),
);
