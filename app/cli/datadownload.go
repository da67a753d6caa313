package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"ganvas/datasets"
	"ganvas/datasets/catalog"
	"ganvas/engine/memory"
	"ganvas/engine/session"
)

// catalogEntry is the JSON that others rely on.
type catalogEntry struct {
	Name    string        `json:"name"`
	Title   string        `json:"title"`
	About   string        `json:"about"`
	Makers  string        `json:"makers"`
	Page    string        `json:"page"`
	Licence string        `json:"licence"`
	Bytes   int64         `json:"bytes"`
	Here    bool          `json:"here"`
	Path    string        `json:"path"` // where it is, or will be
	Files   []catalogFile `json:"files"`
}

type catalogFile struct {
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func (c dataCmd) listDownloads(env *Env) error {
	dir := session.DownloadDir()
	rows := [][]string{{"NAME", "SIZE", "HERE", "LICENCE", "WHAT"}}
	all := []catalogEntry{}
	for _, s := range catalog.Sets() {
		e := catalogEntry{
			Name: s.Name, Title: s.Title, About: s.About, Makers: s.Makers, Page: s.Page, Licence: s.Licence,
			Bytes: s.Size(), Here: s.Here(dir), Path: s.Path(dir), Files: []catalogFile{},
		}
		for _, f := range s.Files {
			e.Files = append(e.Files, catalogFile{f.URL, f.Size, f.SHA256})
		}
		all = append(all, e)
		rows = append(rows, []string{s.Name, memory.Text(s.Size()), hereText(s, dir), s.Licence, s.Title + ": " + s.About})
	}
	if c.JSON {
		return printJSON(env.Stdout, all)
	}
	return printTable(env.Stdout, rows)
}

// hereText is "yes", "no" or "12 %".
func hereText(s catalog.Set, dir string) string {
	switch have := s.Loaded(dir); {
	case s.Here(dir):
		return "yes"
	case have > 0:
		return fmt.Sprintf("%d %%", 100*have/s.Size())
	}
	return "no"
}

// download brings a set of the catalogue from its makers.
func (c dataCmd) download(ctx context.Context, env *Env) error {
	s, ok := catalog.Find(c.Source)
	if !ok {
		return usageError{fmt.Errorf("download %s: it is not in the catalogue: choose one of %s", c.Source, catalogNames())}
	}
	return downloadSet(ctx, env, s, nil, c.JSON)
}

// downloadSet downloads with a client; nil is the usual one.
func downloadSet(ctx context.Context, env *Env, s catalog.Set, client *http.Client, asJSON bool) error {
	dir := session.DownloadDir()
	const unit = 1_000_000
	p := startProgress(env, "download "+s.Name, "MB", s.Loaded(dir)/unit, s.Size()/unit, nil)
	err := catalog.Downloader{Dir: dir, Client: client}.Download(ctx, s, func(done, total int64) { p.set(done/unit, total/unit, 0, "") })
	p.finish()
	switch {
	case errors.Is(err, context.Canceled):
		return &interruptedError{fmt.Sprintf("interrupted: %s of %s of %s are here: ganvas data %s --download goes on", memory.Text(s.Loaded(dir)), memory.Text(s.Size()), s.Name, s.Name)}
	case err != nil:
		return err
	case asJSON:
		return printJSON(env.Stdout, map[string]any{"name": s.Name, "path": s.Path(dir), "bytes": s.Size()})
	}
	return printTable(env.Stdout, [][]string{
		{"name", s.Name},
		{"path", s.Path(dir)},
		{"size", memory.Text(s.Size())},
		{"licence", s.Licence},
		{"next", "ganvas train digits --data " + s.Name + " --out run.ganvas"},
	})
}

func catalogNames() string {
	var names []string
	for _, s := range catalog.Sets() {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// downloaded returns the path of a set of the catalogue, if a source is the name of one and nothing
// else here has that name; else the source itself.
func downloaded(source string) (string, error) {
	s, ok := catalog.Find(source)
	if !ok || datasets.IsBuiltin(source) {
		return source, nil
	}
	if _, err := os.Lstat(source); !errors.Is(err, fs.ErrNotExist) {
		return source, nil
	}
	dir := session.DownloadDir()
	if !s.Here(dir) {
		return "", fmt.Errorf("read %s: it is not downloaded yet (%s, %s): ganvas data %s --download", source, memory.Text(s.Size()), s.Licence, source)
	}
	return s.Path(dir), nil
}
