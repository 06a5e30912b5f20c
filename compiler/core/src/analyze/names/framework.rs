//! What the framework's own packages export (language.md section 7).
//!
//! A test holds these lists against the runtime's sources.

/// A package of the framework with the names that it exports.
#[derive(Clone, Copy, Debug)]
pub struct FrameworkModule {
    /// What an import of it names.
    pub specifier: &'static str,
    /// Its values, in the order of the alphabet.
    pub values: &'static [&'static str],
    /// Its types, in the order of the alphabet.
    pub types: &'static [&'static str],
    /// Values that the language gives it, and the runtime does not export yet.
    pub announced: &'static [&'static str],
}

/// The packages whose names are known. Others, such as `velox/internal`, are not for people to import.
pub const FRAMEWORK_MODULES: &[FrameworkModule] = &[
    FrameworkModule {
        specifier: "velox",
        values: &["Head", "Html", "Suspense", "defineConfig", "redis"],
        types: &[
            "CacheConfig",
            "ClassValue",
            "Meta",
            "RedisConfig",
            "StyleValue",
            "SuspenseProps",
            "VeloxConfig",
        ],
        announced: &[],
    },
    FrameworkModule {
        specifier: "velox/server",
        values: &[
            "Cookies",
            "HttpError",
            "NotFound",
            "Redirect",
            "badRequest",
            "defineHandler",
            "defineMiddleware",
            "disablePreview",
            "enablePreview",
            "fetch",
            "forbidden",
            "html",
            "json",
            "notFound",
            "redirect",
            "revalidatePath",
            "revalidateTag",
            "stream",
            "text",
            "unauthorized",
            "useCache",
            "useCookies",
            "useEnv",
            "useHeaders",
            "usePreview",
            "useRequest",
        ],
        types: &[
            "CacheKey",
            "CacheOptions",
            "CookieOptions",
            "FetchOptions",
            "Handler",
            "HandlerContext",
            "MiddlewareFunction",
            "MiddlewareResult",
            "PageResponse",
            "Params",
            "PreviewOptions",
            "PublicError",
            "RedirectOptions",
            "RedirectStatus",
            "RequestContext",
            "RequestCookies",
            "RevalidateOptions",
            "VeloxRequest",
        ],
        announced: &[],
    },
    FrameworkModule {
        specifier: "velox/client",
        values: &[
            "Link",
            "asyncSignal",
            "batch",
            "computed",
            "createContext",
            "effect",
            "lazy",
            "memo",
            "onCleanup",
            "onDestroy",
            "onMount",
            "onUpdate",
            "persistedSignal",
            "ref",
            "signal",
            "untrack",
            "useContext",
            "useParams",
            "useRouter",
            "useSearchParams",
        ],
        types: &[
            "AnyComponent",
            "AsyncSignal",
            "AsyncStatus",
            "Context",
            "LinkProps",
            "MountHook",
            "ReadonlySignal",
            "Ref",
            "Router",
            "Signal",
        ],
        announced: &[],
    },
    FrameworkModule {
        specifier: "@velox/query",
        values: &[
            "QueryClient",
            "QueryClientProvider",
            "createMutation",
            "createQuery",
            "dehydrate",
            "hashKey",
            "hydrate",
            "useMutation",
            "useQuery",
            "useQueryClient",
        ],
        types: &[
            "DehydratedState",
            "FailedQuery",
            "FetchContext",
            "FetchOptions",
            "Fetcher",
            "LoadingQuery",
            "MutationOptions",
            "MutationResult",
            "QueryClientOptions",
            "QueryFilter",
            "QueryKey",
            "QueryOptions",
            "QueryResult",
            "QueryState",
            "SuccessfulQuery",
            "Update",
        ],
        announced: &[],
    },
];

impl FrameworkModule {
    /// The package that an import names.
    #[must_use]
    pub fn find(specifier: &str) -> Option<&'static Self> {
        FRAMEWORK_MODULES.iter().find(|module| module.specifier == specifier)
    }

    /// Every name that may be imported from it.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().chain(self.announced).chain(self.types).copied()
    }

    /// The package that exports a value of this name, where just one does.
    pub(super) fn exporting(name: &str) -> Option<&'static Self> {
        let mut found = FRAMEWORK_MODULES
            .iter()
            .filter(|module| module.values.contains(&name) || module.announced.contains(&name));
        let module = found.next()?;
        found.next().is_none().then_some(module)
    }
}
