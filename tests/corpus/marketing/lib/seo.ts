type Thing = { '@type': string; [key: string]: unknown };

export const jsonLd = <T extends Thing>(thing: T): T & { '@context': 'https://schema.org' } => ({ '@context': 'https://schema.org', ...thing });

export function social(title: string, description: string, image = '/og.svg') {
  return {
    title,
    description,
    openGraph: { title, description, image, type: 'website', siteName: 'Drift' },
    twitter: { card: 'summary_large_image', title, description, image },
  };
}
