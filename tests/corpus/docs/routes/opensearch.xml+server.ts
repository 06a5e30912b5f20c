export function GET(request: Request): Response {
  const { origin } = new URL(request.url);
  return new Response(
    `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Lathe</ShortName>
  <Url type="text/html" template="${origin}/search?q={searchTerms}"/>
</OpenSearchDescription>`,
    { headers: { 'content-type': 'application/opensearchdescription+xml' } },
  );
}
