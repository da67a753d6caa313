package cli

import (
	"strings"
	"testing"
)

func TestSoak(t *testing.T) {
	doc := decode(t, must(t, "bench", "--soak", "300ms", "--json", "ring"))
	hasKeys(t, "a soak", doc, "preset", "seconds", "steps", "rss_mb_early", "rss_mb_end", "rss_mb_peak", "goroutines_left")
	if doc["preset"] != "ring" || doc["steps"].(float64) < 1 || doc["rss_mb_end"].(float64) <= 0 || doc["rss_mb_early"].(float64) <= 0 {
		t.Errorf("got %v", doc)
	}
	if doc["goroutines_left"] != 0.0 {
		t.Errorf("%v goroutines left", doc["goroutines_left"])
	}
	if r := run(t, "bench", "--soak", "-1s"); r.status != exitUsage || !strings.Contains(r.stderr, "--soak") {
		t.Errorf("a soak of less than no time: exit %d: %s", r.status, r.stderr)
	}
}
