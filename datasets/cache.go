package datasets

import "ganvas/datasets/internal/cache"

// Cache is a folder of prepared sets: what was decoded once is mapped into memory the next time. It
// may be deleted at any time; what is missing, cut or damaged is made anew. Several programs may
// use one.
type Cache = cache.Cache

// NewCache returns the cache in a folder, which need not exist yet.
func NewCache(dir string) *Cache { return cache.NewCache(dir) }
