import { defineHandler, text } from 'velox/server';

export const GET = defineHandler(() => {
  const expires = new Date();
  expires.setUTCFullYear(expires.getUTCFullYear() + 1);
  return text(['Contact: mailto:security@drift.example', `Expires: ${expires.toISOString()}`, 'Preferred-Languages: en, de', ''].join('\n'));
});
