export { default as Button } from '../Button.velox';
export { default as Card, type CardProps } from './Card';
export * from './Badge';
