export type Block =
  | { kind: 'text'; html: string }
  | { kind: 'image'; src: string; alt: string; caption?: string }
  | { kind: 'quote'; text: string; by: string }
  | { kind: 'video'; id: string; title: string };

export interface Project {
  slug: string;
  title: string;
  year: number;
  tags: string[];
  blocks: Block[];
}

const projects: Project[] = [];

export const allProjects = async (): Promise<Project[]> => projects;

export const projectBySlug = async (slug: string): Promise<Project | undefined> =>
  projects.find((project) => project.slug === slug);

export const relatedTo = async ({ tags, slug }: Project): Promise<Project[]> =>
  projects.filter((other) => other.slug !== slug && other.tags.some((tag) => tags.includes(tag)));
