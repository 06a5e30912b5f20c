import { features } from '$lib/content/features';
import { defineHandler, json } from 'velox/server';

export const GET = defineHandler(() => json(features));
