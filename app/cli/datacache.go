package cli

import (
	"fmt"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/memory"
	"ganvas/engine/session"
)

// cacheReport is the JSON that others rely on.
type cacheReport struct {
	Folder string `json:"folder"`
	Sets   int    `json:"sets"`
	Bytes  int64  `json:"bytes"`
	Limit  int64  `json:"limit"`
	Freed  int64  `json:"freed"`
}

// manageCache clears the cache of decoded data or limits it, and says what is in it then.
func (c dataCmd) manageCache(env *Env) error {
	dir := session.CacheDir()
	cache := datasets.NewCache(dir)
	r := cacheReport{Folder: dir}
	before, _, err := cache.Size()
	if err != nil {
		return err
	}
	switch {
	case c.ClearCache:
		_, err = cache.Clear()
	case c.CacheLimit != "":
		limit, wrong := memory.ParseSize(c.CacheLimit)
		if wrong != nil {
			return usageError{fmt.Errorf("data: --cache-limit %s: %w", c.CacheLimit, wrong)}
		}
		err = cache.SetLimit(limit)
	}
	if err != nil {
		return err
	}
	if r.Bytes, r.Sets, err = cache.Size(); err != nil {
		return err
	}
	r.Limit, r.Freed = cache.Limit(), max(0, before-r.Bytes)
	if c.JSON {
		return printJSON(env.Stdout, r)
	}
	rows := [][]string{
		{"cache", dir},
		{"sets", words.Thousands(r.Sets)},
		{"size", memory.Text(r.Bytes)},
		{"limit", memory.Text(r.Limit)},
	}
	if r.Freed > 0 {
		rows = append(rows, []string{"freed", memory.Text(r.Freed)})
	}
	return printTable(env.Stdout, rows)
}
