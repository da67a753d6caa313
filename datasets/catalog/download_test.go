package catalog

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// content is what the servers of these tests have.
var content = func() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 300_000)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}()

// setAt is a set of one file at an address.
func setAt(address string) Set {
	sum := sha256.Sum256(content)
	return Set{Name: "some", Opens: "data.bin", Files: []File{{address + "/data.bin", int64(len(content)), hex.EncodeToString(sum[:])}}}
}

// at once is a clock that never waits.
func atOnce(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	c <- time.Time{}
	return c
}

// asked serves with f and writes down the ranges that were asked for.
type asked struct {
	mu     sync.Mutex
	ranges []string
	f      func(n int, w http.ResponseWriter, r *http.Request)
}

func (a *asked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.ranges = append(a.ranges, r.Header.Get("Range"))
	n := len(a.ranges)
	a.mu.Unlock()
	a.f(n, w, r)
}

func serve(t *testing.T, f func(n int, w http.ResponseWriter, r *http.Request)) (*asked, string) {
	t.Helper()
	a := &asked{f: f}
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	return a, s.URL
}

// whole serves the content properly.
func whole(w http.ResponseWriter, r *http.Request) {
	http.ServeContent(w, r, "data.bin", time.Time{}, bytes.NewReader(content))
}

// cut sends the head of a proper answer and only n bytes of it, then ends the connection.
func cut(w http.ResponseWriter, r *http.Request, n int) {
	whole(&cutting{ResponseWriter: w, left: n}, r)
	panic(http.ErrAbortHandler)
}

type cutting struct {
	http.ResponseWriter
	left int
}

func (c *cutting) Write(p []byte) (int, error) {
	p = p[:min(len(p), c.left)]
	c.left -= len(p)
	if len(p) == 0 {
		return 0, io.ErrClosedPipe
	}
	n, err := c.ResponseWriter.Write(p)
	c.ResponseWriter.(http.Flusher).Flush()
	return n, err
}

// try downloads and checks that either all is there and right, or nothing under the final name.
func try(t *testing.T, dir string, s Set) error {
	t.Helper()
	var last int64
	err := Downloader{Dir: dir, After: atOnce}.Download(t.Context(), s, func(done, total int64) {
		if total != int64(len(content)) || done > total {
			t.Errorf("%d of %d bytes", done, total)
		}
		last = done
	})
	got, missing := os.ReadFile(s.Path(dir))
	switch {
	case err == nil && (!bytes.Equal(got, content) || last != int64(len(content)) || !s.Here(dir)):
		t.Errorf("no error, but %d bytes (%v), %d told", len(got), missing, last)
	case err != nil && (missing == nil || s.Here(dir)):
		t.Errorf("a file in spite of %v", err)
	case err != nil && strings.Contains(err.Error(), "\n"):
		t.Errorf("more than a line: %q", err)
	}
	return err
}

func TestDownload(t *testing.T) {
	tests := []struct {
		name   string
		f      func(n int, w http.ResponseWriter, r *http.Request)
		want   string   // in the error; "": none
		ranges []string // that are asked for; nil: do not care
	}{
		{"whole", func(_ int, w http.ResponseWriter, r *http.Request) { whole(w, r) }, "", []string{""}},
		{"breaks off twice", func(n int, w http.ResponseWriter, r *http.Request) {
			if n < 3 {
				cut(w, r, 100_000)
			}
			whole(w, r)
		}, "", []string{"", "bytes=100000-", "bytes=200000-"}},
		{"breaks off always", func(_ int, w http.ResponseWriter, r *http.Request) { cut(w, r, 0) }, "the next time", nil},
		{"breaks off and knows no ranges", func(n int, w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Range")
			if n == 1 {
				cut(w, r, 100_000)
			}
			whole(w, r)
		}, "", []string{"", "bytes=100000-"}},
		{"sends another part", func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				cut(w, r, 100_000)
			}
			if n == 2 {
				r.Header.Set("Range", "bytes=5-")
			}
			whole(w, r)
		}, "", []string{"", "bytes=100000-", ""}},
		{"says that it is shorter", func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "299999")
			w.Write(content[1:])
		}, "299999 bytes of it, not 300000", []string{""}},
		{"says that it is longer", func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "300001")
			w.Write(append(bytes.Clone(content), 1))
		}, "300001 bytes of it, not 300000", []string{""}},
		{"is longer without saying so", func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Write(content[:100])
			w.(http.Flusher).Flush()
			w.Write(content[100:])
			w.Write(content)
		}, "", nil}, // what is beyond the end is not taken
		{"is shorter without saying so", func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Write(content[:100])
			w.(http.Flusher).Flush()
		}, "ended too early", nil},
		{"sends wrong bytes", func(_ int, w http.ResponseWriter, _ *http.Request) {
			wrong := bytes.Clone(content)
			wrong[1000] ^= 1
			w.Write(wrong)
		}, "bytes are wrong (SHA-256), and were thrown away", []string{""}},
		{"has it no more", func(_ int, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "does not have it any more", []string{""}},
		{"refuses", func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "403 Forbidden", []string{""}},
		{"is overloaded at first", func(n int, w http.ResponseWriter, r *http.Request) {
			if n < 4 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			whole(w, r)
		}, "", []string{"", "", "", ""}},
		{"is overloaded", func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "overloaded", slices.Repeat([]string{""}, tries)},
		{"sends to another path", func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				http.Redirect(w, r, "/elsewhere", http.StatusFound)
				return
			}
			whole(w, r)
		}, "", []string{"", ""}},
		{"sends in circles", func(_ int, w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) }, "again and again, which Ganvas does not follow", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, address := serve(t, tt.f)
			err := try(t, t.TempDir(), setAt(address))
			switch {
			case tt.want == "" && err != nil, tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%v, want %q", err, tt.want)
			}
			if tt.ranges != nil && !slices.Equal(a.ranges, tt.ranges) {
				t.Errorf("asked for %q, want %q", a.ranges, tt.ranges)
			}
		})
	}
}

// Being sent to another host ends a download before anybody there is asked.
func TestNobodyElse(t *testing.T) {
	other, address := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { whole(w, r) })
	_, first := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		u, _ := url.Parse(address)
		http.Redirect(w, r, "http://localhost:"+u.Port()+"/data.bin", http.StatusFound) // by another name
	})
	err := try(t, t.TempDir(), setAt(first))
	if err == nil || !strings.Contains(err.Error(), "sent elsewhere, to localhost") || len(other.ranges) != 0 {
		t.Errorf("%v, and the other host was asked %d times", err, len(other.ranges))
	}
}

// A host of the makers' own domain may be sent to, with encryption where there was some; one whose
// name only ends alike may not.
func TestWithin(t *testing.T) {
	tests := []struct{ domain, asked, next, want string }{
		{"makers.test", "https://www.makers.test/a", "https://thor.makers.test/b", ""},
		{"makers.test", "https://www.makers.test/a", "https://makers.test/b", ""},
		{"makers.test", "http://www.makers.test/a", "https://thor.makers.test/b", ""},
		{"makers.test", "https://www.makers.test/a", "http://thor.makers.test/b", "without encryption"},
		{"makers.test", "https://www.makers.test/a", "https://othermakers.test/b", "to othermakers.test"},
		{"makers.test", "https://www.makers.test/a", "https://makers.test.evil.test/b", "to makers.test.evil.test"},
		{"", "https://www.makers.test/a", "https://thor.makers.test/b", "to thor.makers.test"},
		{"", "https://www.makers.test/a", "https://www.makers.test/b", ""},
	}
	for _, tt := range tests {
		asked, next := httptest.NewRequest(http.MethodGet, tt.asked, nil), httptest.NewRequest(http.MethodGet, tt.next, nil)
		err := within(tt.domain)(next, []*http.Request{asked})
		if tt.want == "" && err != nil || tt.want != "" && (!errors.Is(err, errElsewhere) || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%q: from %s to %s: %v, want %q", tt.domain, tt.asked, tt.next, err, tt.want)
		}
	}
}

// What was cancelled goes on where it was; what was left by an earlier download and is wrong is
// thrown away.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	a, address := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) { whole(w, r) })
	s := setAt(address)
	ctx, cancel := context.WithCancel(t.Context())
	err := Downloader{Dir: dir}.Download(ctx, s, func(done, _ int64) {
		if done > 100_000 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled: %v", err)
	}
	have := s.Loaded(dir)
	if have <= 100_000 || have >= int64(len(content)) {
		t.Errorf("%d bytes are left of a cancelled download", have)
	}
	if err := try(t, dir, s); err != nil {
		t.Error(err)
	}
	if want := []string{"", fmt.Sprintf("bytes=%d-", have)}; !slices.Equal(a.ranges, want) {
		t.Errorf("asked for %q, want %q", a.ranges, want)
	}
	if err := try(t, dir, s); err != nil || len(a.ranges) != 2 {
		t.Errorf("once more: %v, asked %d times", err, len(a.ranges))
	}
	for _, left := range [][]byte{make([]byte, 200_000), append(bytes.Clone(content), 1, 2), make([]byte, len(content))} {
		if err := s.Remove(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, s.Name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.Path(dir)+partEnding, left, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := try(t, dir, s); err != nil {
			t.Errorf("after %d bytes of rubbish: %v", len(left), err)
		}
	}
}

// Without a network there is one line that says so, at once.
func TestOffline(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	err := try(t, t.TempDir(), setAt(s.URL))
	if err == nil || !strings.Contains(err.Error(), "off-line") {
		t.Errorf("nobody listens: %v", err)
	}
	client := &http.Client{Transport: trip(func(*http.Request) (*http.Response, error) {
		return nil, fmt.Errorf("dial: %w", &netDNSError)
	})}
	err = Downloader{Dir: t.TempDir(), Client: client}.Download(t.Context(), setAt("http://makers.test"), nil)
	if err == nil || !strings.Contains(err.Error(), "makers.test: this computer is off-line") {
		t.Errorf("no name: %v", err)
	}
}

type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A connection from which nothing comes is given up after half a minute, and another one tried.
func TestStalled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		client := &http.Client{Transport: trip(func(r *http.Request) (*http.Response, error) {
			n++
			answer := &http.Response{StatusCode: http.StatusOK, ContentLength: int64(len(content)), Request: r, Body: io.NopCloser(bytes.NewReader(content))}
			if n == 1 {
				answer.Body = io.NopCloser(io.MultiReader(bytes.NewReader(content[:10]), silent{r.Context()}))
			} else {
				answer.StatusCode, answer.Header = http.StatusPartialContent, http.Header{"Content-Range": {"bytes 10-"}}
				answer.ContentLength -= 10
				answer.Body = io.NopCloser(bytes.NewReader(content[10:]))
			}
			return answer, nil
		})}
		start := time.Now()
		s := setAt("http://makers.test")
		dir := t.TempDir()
		if err := (Downloader{Dir: dir, Client: client}).Download(t.Context(), s, nil); err != nil || !s.Here(dir) {
			t.Error(err)
		}
		if took := time.Since(start); took != patience+2*time.Second || n != 2 {
			t.Errorf("%d tries in %v, want 2 in %v", n, took, patience+2*time.Second)
		}
	})
}

// silent is a connection from which nothing comes.
type silent struct{ ctx context.Context }

func (s silent) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}
