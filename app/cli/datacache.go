package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
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
		limit, wrong := parseSize(c.CacheLimit)
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
		{"sets", thousands(r.Sets)},
		{"size", sizeText(r.Bytes)},
		{"limit", sizeText(r.Limit)},
	}
	if r.Freed > 0 {
		rows = append(rows, []string{"freed", sizeText(r.Freed)})
	}
	return printTable(env.Stdout, rows)
}

var sizeUnits = []string{"B", "kB", "MB", "GB", "TB"}

// parseSize reads "500MB", "1.5 GB" or a number of bytes; a kB is 1,000 bytes.
func parseSize(text string) (int64, error) {
	number := strings.ToUpper(strings.TrimSpace(text))
	factor := 1.0
	for i, unit := range slices.Backward(sizeUnits) {
		if rest, ok := strings.CutSuffix(number, strings.ToUpper(unit)); ok {
			number, factor = strings.TrimSpace(rest), math.Pow(1000, float64(i))
			break
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v*factor >= 0 && v*factor < 1<<62) {
		return 0, errors.New("write a size such as 500MB or 20GB, or 0")
	}
	return int64(v * factor), nil
}

// sizeText writes a number of bytes as "21.5 GB".
func sizeText(bytes int64) string {
	v, unit := float64(bytes), 0
	for v >= 999.95 && unit < len(sizeUnits)-1 {
		v /= 1000
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f %s", v, sizeUnits[unit])
}
