package studio

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestHowFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var texts []string
		j := NewJobs(func(f func()) { f() })
		defer j.Close()
		told := j.HowFar(func(text string) { texts = append(texts, text) })
		told(0, 200)
		for i := range 200 {
			time.Sleep(time.Second)
			if i == 100 {
				time.Sleep(20 * time.Second) // once
			}
			told(i+1, 200)
		}
		if len(texts) != 19 {
			t.Errorf("told %d times, want at every twentieth but the last", len(texts))
		}
		for _, want := range []string{"25 %, 2 min 30 s left", "50 %, 1 min 40 s left"} {
			if !slices.Contains(texts, want) {
				t.Errorf("%q is not among %q", want, texts)
			}
		}
	})
}
