package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/catalog"
	"ganvas/engine/session"
)

// makers answers every request with one file.
type makers []byte

func (m makers) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, ContentLength: int64(len(m)), Request: r, Body: io.NopCloser(bytes.NewReader(m))}, nil
}

func TestCatalogueOfDownloads(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	text := must(t, "data", "--list")
	for _, want := range []string{"fashion-mnist", "30.9 MB", "MIT", "kmnist", "CC BY-SA 4.0", "cifar-10", "no"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nwant %q in it", text, want)
		}
	}
	if r := run(t, "data", "kmnist"); r.status != exitFailed || !strings.Contains(r.stderr, "ganvas data kmnist --download") {
		t.Errorf("not downloaded: %+v", r)
	}
	if r := run(t, "train", "digits", "--data", "kmnist", "--out", filepath.Join(t.TempDir(), "x.ganvas")); r.status != exitFailed || !strings.Contains(r.stderr, "ganvas data kmnist --download") {
		t.Errorf("train on what is not downloaded: %+v", r)
	}
	for _, args := range [][]string{{"data", "nothing", "--download"}, {"data", "--download"}, {"data", "kmnist", "--list"}} {
		if r := run(t, args...); r.status != exitUsage {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

// What was downloaded is in the folder of downloads, and is read there.
func TestDownloadSet(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	file, err := os.ReadFile("../../datasets/testdata/idx/packed-images-idx3-ubyte.gz")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file)
	s := catalog.Set{Name: "some", Licence: "MIT", Opens: "some-images-idx3-ubyte.gz", Files: []catalog.File{
		{URL: "http://makers.test/some-images-idx3-ubyte.gz", Size: int64(len(file)), SHA256: hex.EncodeToString(sum[:])},
	}}
	var out bytes.Buffer
	env := &Env{Stdout: &out, Stderr: io.Discard, Every: 1 << 40}
	if err := downloadSet(t.Context(), env, s, &http.Client{Transport: makers(file)}, false); err != nil {
		t.Fatal(err)
	}
	if path := s.Path(session.DownloadDir()); !strings.Contains(out.String(), path) || !strings.Contains(must(t, "data", path), "12") {
		t.Errorf("said %s", &out)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	s.Name = "other"
	if err := downloadSet(stopped, env, s, &http.Client{Transport: makers(file)}, false); report(Env{Stderr: io.Discard}, err) != exitInterrupted {
		t.Errorf("interrupted: %v", err)
	}
}
