package export

import (
	"context"
	"fmt"
	"io"
	"strings"

	"ganvas/engine/export/web"
	"ganvas/engine/export/web/core"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
	"ganvas/engine/wholefile"
)

// webDirections is how many directions have a slider on a web page.
const webDirections = 8

// Web writes the generator as a web page that draws on its own; what it shows and holds, web.Write
// says.
func (s *Source) Web(ctx context.Context, path string, o Options) error {
	if err := wholefile.Check(path, wholefile.Mode(o.Replace)); err != nil {
		return err
	}
	p, err := s.webPage(o)
	if err != nil {
		return err
	}
	return wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error { return web.Write(ctx, w, p) })
}

// webPage returns what Web writes. The directions are those of Explore.
func (s *Source) webPage(o Options) (web.Page, error) {
	n, err := s.Network(Generator, o.Raw)
	if err != nil {
		return web.Page{}, err
	}
	version, _, _ := strings.Cut(o.Version, " ") // without what it was built with and for
	p := web.Page{
		Model: core.Model{Net: n, Kind: s.Recipe.LatentKind}, Name: s.Recipe.Name, Step: s.Step, Version: version, Progress: o.Progress,
	}
	if err := p.Check(); err != nil {
		return web.Page{}, fmt.Errorf("write a web page of %s: %w", s.Path, err)
	}
	g := gan.NewGenerator(n, s.Recipe.LatentKind)
	if g.Classes() > 0 {
		p.Classes = s.Classes
	}
	for _, d := range latent.Directions(g, webDirections) {
		p.Directions = append(p.Directions, d.V)
	}
	return p, nil
}
