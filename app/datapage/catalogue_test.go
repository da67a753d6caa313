package datapage

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"ganvas/datasets/catalog"
	"ganvas/engine/session"
)

// offered gives the page a catalogue of one set, of 40 grey pictures in IDX at a local server,
// which answers with serve.
func (r *rig) offered(serve http.HandlerFunc) (content []byte) {
	r.t.Helper()
	content = binary.BigEndian.AppendUint32(nil, 0x803)
	for _, n := range []uint32{40, 8, 8} {
		content = binary.BigEndian.AppendUint32(content, n)
	}
	for i := range 40 * 64 {
		content = append(content, byte(i*i/7))
	}
	server := httptest.NewServer(serve)
	r.t.Cleanup(server.Close)
	sum := sha256.Sum256(content)
	r.catalogue.sets = []catalog.Set{{
		Name: "some", Title: "Some set", About: "40 pictures.", Makers: "somebody", Page: "https://example.org", Licence: "MIT", Opens: "train-images-idx3-ubyte",
		Files: []catalog.File{{URL: server.URL + "/train-images-idx3-ubyte", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}},
	}}
	r.catalogue.after = func(time.Duration) <-chan time.Time {
		c := make(chan time.Time, 1)
		c <- time.Time{}
		return c
	}
	return content
}

// A set is downloaded, cancelled on the way and gone on with, used, and deleted.
func TestCatalogue(t *testing.T) {
	r := newRig(t)
	var content []byte
	begun, hold := make(chan struct{}, 1), true
	content = r.offered(func(w http.ResponseWriter, q *http.Request) {
		if hold { // half of it, and then nothing until it is cancelled
			hold = false
			w.Header().Set("Content-Length", "2576")
			_, _ = w.Write(content[:1000])
			w.(http.Flusher).Flush()
			begun <- struct{}{}
			<-q.Context().Done()
			return
		}
		http.ServeContent(w, q, "x", time.Time{}, bytes.NewReader(content))
	})
	r.ShowCatalogue()
	row := r.catalogue.rows[0]
	if text := r.Host.DialogText() + row.status.Segment.Text; !strings.Contains(text, "Some set") || !strings.Contains(text, "MIT") || !strings.Contains(text, "3 kB") {
		t.Errorf("the catalogue says %q", text)
	}
	if text := row.details.Text; !strings.Contains(text, r.catalogue.sets[0].Files[0].SHA256) || !strings.Contains(text, "somebody") {
		t.Errorf("the details are %q", text)
	}
	test.Tap(row.load)
	<-begun
	r.Until("some of it is here", func() bool { return row.state.done == 1000 })
	if !row.line.Visible() || !row.stop.Visible() || row.use.Visible() {
		t.Error("a download does not show its progress and how to stop it")
	}
	test.Tap(row.stop)
	r.Until("it is cancelled", func() bool { return row.cancel == nil })
	if row.err != nil || row.load.Text != "Go on" || !strings.Contains(row.status.Segment.Text, "1 kB of 3 kB are here") {
		t.Errorf("cancelled: %v, %q, button %q", row.err, row.status.Segment.Text, row.load.Text)
	}
	test.Tap(row.load)
	r.Until("all of it is here", func() bool { return row.use.Visible() })
	if got := row.set.Loaded(session.DownloadDir()); got != int64(len(content)) {
		t.Errorf("%d bytes are here, want %d", got, len(content))
	}
	test.Tap(row.use)
	r.Until("it is read", func() bool { return r.S.Data.Set != nil && r.S.Data.Set.Len() == 40 })
	if r.used != 1 || r.catalogue.dialog != nil {
		t.Error("using a set does not lead to the Data page")
	}
	r.ShowCatalogue()
	r.Host.Yes = true
	test.Tap(row.remove)
	if got := r.Host.Asked[len(r.Host.Asked)-1]; got != "Delete the download?" {
		t.Errorf("asks %q before it deletes", got)
	}
	if row.use.Visible() || row.set.Loaded(session.DownloadDir()) != 0 {
		t.Error("it is not deleted")
	}
}

// What goes wrong is said at the set: wrong bytes, and nobody there.
func TestCatalogueSaysWhatIsWrong(t *testing.T) {
	r := newRig(t)
	content := r.offered(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2576)) })
	if len(content) != 2576 {
		t.Fatalf("%d bytes", len(content))
	}
	r.ShowCatalogue()
	row := r.catalogue.rows[0]
	wait := func(want string) {
		t.Helper()
		test.Tap(row.load)
		r.Until("it has failed", func() bool { return row.cancel == nil && row.err != nil })
		if got := row.trouble.Segment.Text; !row.trouble.Visible() || !strings.Contains(got, want) {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	wait("bytes are wrong (SHA-256)")
	gone := httptest.NewServer(nil)
	gone.Close() // nobody answers there now
	row.set.Files[0].URL = gone.URL + "/train-images-idx3-ubyte"
	wait("off-line")
}
