export const PLANS = [
  { id: 'solo', name: 'Solo', monthly: 0, seats: 1, features: ['sync', 'export'] },
  { id: 'team', name: 'Team', monthly: 12, seats: 20, features: ['sync', 'export', 'roles', 'sso'], popular: true },
  { id: 'company', name: 'Company', monthly: null, seats: Infinity, features: ['sync', 'export', 'roles', 'sso', 'audit', 'sla'] },
] as const;

export type Plan = (typeof PLANS)[number];
export type PlanId = Plan['id'];
export type Feature = Plan['features'][number];
export type Paid = Extract<Plan, { monthly: number }>;

export const isPaid = (plan: Plan): plan is Paid => plan.monthly !== null && plan.monthly > 0;
export const yearly = ({ monthly }: Paid): number => Math.round(monthly * 12 * 0.8);
