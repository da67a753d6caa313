// Package cache keeps prepared items: in memory, or, where there are many, in a file that is mapped
// into memory then and the next time. What is damaged is made anew.
package cache

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// Cache is a folder of prepared sets: what was decoded once is mapped into memory the next time. It
// may be deleted at any time; what is missing, cut or damaged is made anew. Several programs may
// use one.
type Cache struct{ dir string }

// NewCache returns the cache in a folder, which need not exist yet.
func NewCache(dir string) *Cache { return &Cache{dir} }

const (
	defaultCacheLimit = 20 << 30
	cacheVersion      = 5 // of the files, and of how items are prepared: raise it when either changes
	setEnding         = ".set"
	draftPattern      = "draft-*.tmp"
	limitFile         = "limit"
	draftAge          = 24 * time.Hour // after which a draft is taken for one that nobody finishes

	// Sets that are smaller in all these respects are decoded in a moment: they are not kept.
	keptFiles, keptSource, keptItems = 2000, 8 << 20, 16 << 20
)

// Limit returns how many bytes the sets in the cache may have.
func (c *Cache) Limit() int64 {
	text, err := os.ReadFile(filepath.Join(c.dir, limitFile))
	if err != nil {
		return defaultCacheLimit
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || n < 0 {
		return defaultCacheLimit
	}
	return n
}

// SetLimit changes the limit, for every program that uses the cache, and removes what is beyond it.
// 0 keeps nothing.
func (c *Cache) SetLimit(bytes int64) error {
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return fmt.Errorf("limit the cache in %s: %w: check its permissions", c.dir, wholefile.Cause(err))
	}
	f, err := c.create()
	if err == nil {
		_, err = fmt.Fprintln(f, bytes)
		err = cmp.Or(err, f.Close())
		err = cmp.Or(err, os.Rename(f.Name(), filepath.Join(c.dir, limitFile)))
	}
	if err != nil {
		return fmt.Errorf("limit the cache in %s: %w: check its permissions", c.dir, wholefile.Cause(err))
	}
	c.trim("")
	return nil
}

// kept is a set in the cache.
type kept struct {
	path string
	size int64
	used time.Time
}

// list returns the sets, those first that were not used for the longest time.
func (c *Cache) list() ([]kept, error) {
	found, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []kept
	for _, d := range found {
		if info, err := d.Info(); err == nil && strings.HasSuffix(d.Name(), setEnding) {
			all = append(all, kept{filepath.Join(c.dir, d.Name()), info.Size(), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path)) })
	return all, err
}

// Size returns the bytes and the number of the sets in the cache.
func (c *Cache) Size() (bytes int64, sets int, err error) {
	all, err := c.list()
	for _, k := range all {
		bytes += k.size
	}
	if err != nil {
		err = fmt.Errorf("look into the cache in %s: %w", c.dir, wholefile.Cause(err))
	}
	return bytes, len(all), err
}

// Clear removes all sets and returns how many bytes they had. Sets that are open stay readable,
// where the system allows removing their files.
func (c *Cache) Clear() (bytes int64, err error) {
	all, err := c.list()
	for _, k := range all {
		if e := os.Remove(k.path); e != nil {
			err = cmp.Or(err, e)
			continue
		}
		bytes += k.size
	}
	c.dropDrafts(0)
	if err != nil {
		err = fmt.Errorf("clear the cache in %s: %w", c.dir, wholefile.Cause(err))
	}
	return bytes, err
}

// trim removes the sets that were not used for the longest time until the rest keeps to the limit.
// It spares one.
func (c *Cache) trim(spared string) {
	all, _ := c.list()
	var sum int64
	for _, k := range all {
		sum += k.size
	}
	limit := c.Limit()
	for _, k := range all {
		if sum > limit && k.path != spared && os.Remove(k.path) == nil {
			sum -= k.size
		}
	}
	c.dropDrafts(draftAge)
}

// dropDrafts removes what programs left that ended while they wrote.
func (c *Cache) dropDrafts(age time.Duration) {
	drafts, _ := filepath.Glob(filepath.Join(c.dir, draftPattern))
	for _, path := range drafts {
		if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) >= age {
			os.Remove(path)
		}
	}
}

// create returns a new file in the cache, without its name yet.
func (c *Cache) create() (*os.File, error) {
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return nil, err
	}
	return os.CreateTemp(c.dir, draftPattern)
}

// Keeping is where and under which name a listing's items are kept.
type Keeping struct {
	cache    *Cache
	path     string
	unsteady atomic.Bool
}

// KeepingOf names what becomes of sources with options: by all that it depends on and that can be
// known without reading them, which are names, sizes and times of change. stamps are those of the
// sources; tables are files outside of them that may have their labels, whether they are there or
// not. It returns nil where nothing is kept.
func KeepingOf(o dataset.Options, stamps [][sha256.Size]byte, tables []string) *Keeping {
	if o.Cache == "" {
		return nil
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d\x00%s\x00%s\x00", cacheVersion, runtime.Version(), runtime.GOARCH)
	fmt.Fprintf(h, "%d\x00%d\x00%s\x00%s\x00%s\x00%v\x00%g\x00%g\x00%d\x00%d\x00",
		o.Size, o.Channels, o.Fit, o.Labels, o.Attribute, o.Background, o.FocusX, o.FocusY, o.Cell, o.Stride)
	for _, stamp := range stamps {
		h.Write(stamp[:])
	}
	for _, file := range tables {
		if info, err := os.Stat(file); err == nil {
			fmt.Fprintf(h, "%s\x00%d\x00%d\x00", filepath.Base(file), info.Size(), files.StampOf(info))
		}
	}
	c := NewCache(o.Cache)
	return &Keeping{cache: c, path: filepath.Join(c.dir, hex.EncodeToString(h.Sum(nil))+setEnding)}
}

// Distrust says that the sources were written to while they were read: what was made of them is
// used, and not kept.
func (k *Keeping) Distrust() {
	if k != nil {
		k.unsteady.Store(true)
	}
}

// Room returns slots for items made of so much: in the cache, if they are worth it and fit, else in
// memory. what names the sources in errors.
func (k *Keeping) Room(what string, shape SlotShape, from files.Weight, lim dataset.Limits) (*Slots, error) {
	need := int64(shape.Count) * int64(shape.item())
	full := lim.CheckMemory(what, shape.Count, shape.Side, shape.Channels)
	note := ""
	if k != nil && (need >= keptItems || from.Bytes >= keptSource || from.Files >= keptFiles) {
		switch limit := k.cache.Limit(); {
		case need <= limit:
			f, err := k.cache.create()
			if err == nil {
				return &Slots{item: shape.item(), channels: shape.Channels, file: f, keep: k}, nil
			}
			note = "not kept in the cache: " + wording.Reason(err)
		case full != nil:
			full = fmt.Errorf("%w; or allow the cache more than %.1f GB", full, float64(limit)/(1<<30))
		}
	}
	if full != nil {
		return nil, full
	}
	return SlotsInMemory(shape, note), nil
}

// Load returns the set that was kept, or nil.
func (k *Keeping) Load(ctx context.Context, progress func(done, total int)) *dataset.PictureSet {
	if k == nil {
		return nil
	}
	set, err := openKept(ctx, k.path, progress)
	switch {
	case err == nil:
		now := time.Now()
		_ = os.Chtimes(k.path, now, now) // it is not the next to be removed
		return set
	case ctx.Err() == nil && !errors.Is(err, fs.ErrNotExist):
		os.Remove(k.path)
	}
	return nil
}

// finish makes a set of a file that holds all items, and keeps it, unless the sources were not
// steady.
func (k *Keeping) finish(f *os.File, of Prepared) (*dataset.PictureSet, error) {
	info := keptInfo{of.Info, of.Bare}
	if err := writeKept(f, info, of.Labels, of.Origins); err != nil {
		return nil, err
	}
	set, err := mapKept(f, info, of.Labels, of.Origins)
	if err != nil {
		return nil, err
	}
	path := f.Name()
	f.Close()
	if k.unsteady.Load() || os.Rename(path, k.path) != nil {
		os.Remove(path) // the set lives on without a name
		return set, nil
	}
	k.cache.trim(k.path)
	return set, nil
}
