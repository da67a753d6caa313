package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	partEnding = ".part"
	tries      = 5                // of one file, each from where the last one broke off
	patience   = 30 * time.Second // without a byte, until a connection counts as broken
)

// Downloader brings sets to a folder.
type Downloader struct {
	Dir    string                               // each set gets a folder in it
	Client *http.Client                         // nil: NewClient()
	After  func(time.Duration) <-chan time.Time // nil: time.After; waits between tries
}

// NewClient returns a client for a Downloader: it gives up where nothing comes, and takes the bytes
// as the makers have them.
func NewClient() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = patience
	t.DisableCompression = true
	return &http.Client{Transport: t}
}

var errElsewhere = errors.New("it was sent elsewhere")

// within refuses to be sent anywhere but to the host that was asked or to another one of its
// makers' domain: nothing else is ever contacted.
func within(domain string) func(next *http.Request, before []*http.Request) error {
	return func(next *http.Request, before []*http.Request) error {
		asked, host := before[0].URL, next.URL.Hostname()
		theirs := host == asked.Hostname() || domain != "" && (host == domain || strings.HasSuffix(host, "."+domain))
		switch {
		case !theirs:
			return fmt.Errorf("%w, to %s", errElsewhere, next.URL.Host)
		case asked.Scheme == "https" && next.URL.Scheme != "https":
			return fmt.Errorf("%w, without encryption", errElsewhere)
		case len(before) > 5:
			return fmt.Errorf("%w, again and again", errElsewhere)
		}
		return nil
	}
}

// Download brings the files of a set to a folder of its name, and tells progress, which may be nil,
// how many bytes are there. What is there already is not asked for again; what broke off, or was
// cancelled by ctx, goes on where it was the next time. A file gets its name when its size and
// SHA-256 are right. The error is one line that says what to do.
func (l Downloader) Download(ctx context.Context, s Set, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	if l.Client == nil {
		l.Client = NewClient()
	}
	if l.After == nil {
		l.After = time.After
	}
	client := *l.Client
	client.CheckRedirect = within(s.Domain)
	folder := filepath.Join(l.Dir, s.Name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("download %s: %w: choose a folder that can be written", s.Name, err)
	}
	var before int64
	for _, f := range s.Files {
		path := filepath.Join(folder, f.Name())
		if !f.here(path) {
			d := &download{file: f, client: &client, after: l.After, path: path, told: func(n int64) { progress(before+n, s.Size()) }}
			if err := d.run(ctx); err != nil {
				return fmt.Errorf("download %s: %s: %w", s.Name, f.Name(), err)
			}
		}
		before += f.Size
		progress(before, s.Size())
	}
	return nil
}

// download is one file on its way.
type download struct {
	file   File
	client *http.Client
	after  func(time.Duration) <-chan time.Time
	path   string
	told   func(done int64)

	part *os.File
	sum  hash.Hash // of what is in part
	have int64     // bytes in part
}

// errChanged is about files that are not those of the catalogue any more.
var errChanged = errors.New("the makers have another file now: look for a newer Ganvas, or download it yourself and drop it")

// run loads the file, in several tries where the connection breaks off.
func (d *download) run(ctx context.Context) error {
	if err := d.begin(); err != nil {
		return err
	}
	defer d.part.Close()
	resumed, failed := d.have > 0, 0
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		before := d.have
		err := d.fetch(ctx)
		var broken *brokenError
		switch {
		case err == nil && hex.EncodeToString(d.sum.Sum(nil)) == d.file.SHA256:
			return d.finish()
		case err == nil && resumed: // what was there from an earlier time may have been wrong
			resumed = false
			if err := d.restart(); err != nil {
				return err
			}
		case err == nil:
			err := d.restart()
			return errors.Join(errors.New("its bytes are wrong (SHA-256), and were thrown away: try again; if it stays so, the makers have another file now, or somebody on the way changes it"), err)
		case ctx.Err() != nil: // said at the top
		case !errors.As(err, &broken):
			return err
		default:
			if d.have > before {
				failed = 0
			}
			if failed++; failed >= tries {
				return fmt.Errorf("%w: it goes on from %.1f MB the next time", err, float64(d.have)/1e6)
			}
			select {
			case <-ctx.Done():
			case <-d.after(time.Second << failed):
			}
		}
	}
}

// begin opens what was loaded before, and sums it.
func (d *download) begin() (err error) {
	d.part, err = os.OpenFile(d.path+partEnding, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("%w: choose a folder that can be written", err)
	}
	d.sum = sha256.New()
	if d.have, err = io.Copy(d.sum, d.part); err != nil || d.have > d.file.Size {
		err = d.restart()
	}
	if err != nil {
		d.part.Close()
	}
	return err
}

// restart throws away what was loaded.
func (d *download) restart() error {
	d.sum.Reset()
	d.have = 0
	_, err := d.part.Seek(0, io.SeekStart)
	return errors.Join(err, d.part.Truncate(0))
}

// finish gives the file its name.
func (d *download) finish() error {
	err := d.part.Sync()
	if e := d.part.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(d.path+partEnding, d.path)
	}
	return err
}

// brokenError is a connection that failed or broke off: another one may do better.
type brokenError struct{ error }

func (e *brokenError) Unwrap() error { return e.error }

// fetch asks for what is missing and takes it. It returns nil when all bytes are there, whatever
// they are.
func (d *download) fetch(ctx context.Context) error {
	if d.have == d.file.Size {
		return nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.file.URL, nil)
	if err != nil {
		return err
	}
	request.Header.Set("User-Agent", "Ganvas")
	request.Header.Set("Accept-Encoding", "identity")
	if d.have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", d.have))
	}
	response, err := d.client.Do(request)
	if err != nil {
		return unreachable(err)
	}
	defer response.Body.Close()
	if err := d.accept(response); err != nil {
		return err
	}
	return d.take(ctx, response.Body, cancel)
}

// accept looks at the head of an answer.
func (d *download) accept(r *http.Response) error {
	host := r.Request.URL.Host
	switch code := r.StatusCode; {
	case code == http.StatusPartialContent && d.have > 0:
		if !strings.HasPrefix(r.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", d.have)) {
			return errors.Join(&brokenError{fmt.Errorf("%s sent another part than was asked for", host)}, d.restart())
		}
	case code == http.StatusOK:
		if err := d.restart(); err != nil { // it cannot send parts, or there was none
			return err
		}
	case code == http.StatusRequestedRangeNotSatisfiable:
		return errors.Join(&brokenError{fmt.Errorf("%s has not as many bytes as were loaded", host)}, d.restart())
	case code == http.StatusNotFound || code == http.StatusGone:
		return fmt.Errorf("%s does not have it any more: %w", host, errChanged)
	case code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout:
		return &brokenError{fmt.Errorf("%s is overloaded (%s): try again later", host, r.Status)}
	default:
		return fmt.Errorf("%s answers %q: try again later", host, r.Status)
	}
	if want := d.file.Size - d.have; r.ContentLength >= 0 && r.ContentLength != want {
		return fmt.Errorf("%s has %d bytes of it, not %d: %w", host, d.have+r.ContentLength, d.file.Size, errChanged)
	}
	return nil
}

var errStalled = errors.New("nothing came for half a minute")

// take writes an answer's bytes to part. cancel ends the answer when nothing comes for too long.
func (d *download) take(ctx context.Context, body io.Reader, cancel context.CancelCauseFunc) error {
	stalled := time.AfterFunc(patience, func() { cancel(errStalled) })
	defer stalled.Stop()
	buf := make([]byte, 64<<10)
	for {
		n, err := body.Read(buf)
		stalled.Reset(patience)
		if d.have+int64(n) > d.file.Size {
			return errors.Join(fmt.Errorf("more bytes come than the %d that it has: %w", d.file.Size, errChanged), d.restart())
		}
		if _, err := d.part.Write(buf[:n]); err != nil {
			return fmt.Errorf("%w: make room on the disk; it goes on where it was", err)
		}
		d.sum.Write(buf[:n])
		d.have += int64(n)
		d.told(d.have)
		switch {
		case d.have == d.file.Size:
			return nil
		case ctx.Err() != nil && !errors.Is(context.Cause(ctx), errStalled):
			return context.Cause(ctx)
		case err == io.EOF:
			return &brokenError{errors.New("the connection ended too early: try again")}
		case errors.Is(context.Cause(ctx), errStalled):
			return &brokenError{fmt.Errorf("%w: try again", errStalled)}
		case err != nil:
			return unreachable(err)
		}
	}
}

// unreachable explains why there is no answer, or no more of it, in words without the address that
// Go's errors repeat.
func unreachable(err error) error {
	if errors.Is(err, errElsewhere) {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err
		}
		return fmt.Errorf("%w, which Ganvas does not follow: download it yourself and drop it", err)
	}
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		return fmt.Errorf("no way to %s: this computer is off-line, or the name is not known: check the network, or drop files that you have", dns.Name)
	case errors.As(err, &op) && op.Op == "dial":
		return fmt.Errorf("no way to %v: this computer is off-line, or nobody answers there: check the network, or drop files that you have", op.Addr)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return &brokenError{fmt.Errorf("the connection broke off (%w): try again", err)}
}
