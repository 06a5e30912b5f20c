import { json } from 'velox/server';
import { products } from '$lib/products';

export const GET = () => json(products);
