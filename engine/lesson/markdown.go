package lesson

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"ganvas/engine/recipe"
)

// markdown reads the text of lessons: CommonMark with task lists.
var markdown = goldmark.New(goldmark.WithExtensions(extension.TaskList)).Parser()

// A reader turns the text of a lesson into pages.
type reader struct {
	source []byte
	before int // lines of the file before the text
	f      *faults
	pages  []Page
	goals  map[string]bool // their sentences
}

// pagesOf reads the text that begins after so many lines of the file.
func pagesOf(source []byte, before int, f *faults) []Page {
	r := &reader{source: source, before: before, f: f, goals: make(map[string]bool)}
	if line, deep := nested(source); deep {
		f.add(before+line, "this is nested too deep: write paragraphs, lists and tasks one below the other")
		return nil
	}
	doc := markdown.Parse(text.NewReader(source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
	switch {
	case len(r.pages) == 0 && !f.any():
		f.add(before+1, "there is no page: begin one with a heading such as # Two players")
	case len(r.pages) > maxPages:
		f.add(before+1, "%d pages are too many: a lesson has at most %d", len(r.pages), maxPages)
	case len(r.goals) > maxGoals:
		f.add(before+1, "%d goals are too many: a lesson has at most %d", len(r.goals), maxGoals)
	}
	return r.pages
}

// deepest is how many marks of nesting a line may have: more are no text, and take long to read.
const deepest = 60

// nested finds a line whose marks nest deeper than any text.
func nested(source []byte) (line int, deep bool) {
	for l := range bytes.Lines(source) {
		line++
		marks := 0
		for _, c := range l {
			if strings.IndexByte(">[*_`!(", c) >= 0 {
				marks++
			}
		}
		lead := len(l) - len(bytes.TrimLeft(l, " \t>-+*"))
		if marks > 8*deepest || lead > deepest {
			return line, true
		}
	}
	return 0, false
}

// line returns the line of the file in which a block begins.
func (r *reader) line(n ast.Node) int {
	for at := n; at != nil; at = at.FirstChild() {
		if at.Type() != ast.TypeInline && at.Lines() != nil && at.Lines().Len() > 0 {
			return r.before + 1 + bytes.Count(r.source[:at.Lines().At(0).Start], []byte("\n"))
		}
	}
	return r.before + 1
}

// add puts a block on the newest page.
func (r *reader) add(n ast.Node, b Block) {
	if len(r.pages) == 0 {
		r.f.add(r.line(n), "the text begins without a page: put a heading such as # Two players before it")
		r.pages = append(r.pages, Page{})
	}
	p := &r.pages[len(r.pages)-1]
	p.Blocks = append(p.Blocks, b)
}

func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		spans := r.spans(n)
		if n.Level == 1 {
			r.pages = append(r.pages, Page{Title: plain(spans)})
			return
		}
		r.add(n, Block{Kind: Heading, Spans: spans})
	case *ast.Paragraph:
		if actions := r.actions(n); actions != nil {
			r.add(n, Block{Kind: Buttons, Actions: actions})
			return
		}
		r.add(n, Block{Kind: Paragraph, Spans: r.spans(n)})
	case *ast.List:
		r.list(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		var lines bytes.Buffer
		for i := range n.Lines().Len() {
			at := n.Lines().At(i)
			lines.Write(at.Value(r.source))
		}
		r.add(n, Block{Kind: Formula, Spans: []Span{{Text: strings.TrimRight(lines.String(), "\n"), Code: true}}})
	default:
		r.f.add(r.line(n), "lessons have headings, paragraphs, lists, tasks and formulas, and no %s: write it as one of these", kindName(n))
	}
}

// kindName is what the author of a lesson calls a block that has no place in one.
func kindName(n ast.Node) string {
	switch n.Kind() {
	case ast.KindBlockquote:
		return "quotation"
	case ast.KindHTMLBlock:
		return "HTML"
	case ast.KindThematicBreak:
		return "line across"
	}
	return strings.ToLower(n.Kind().String())
}

// list reads a list, whose items are text or tasks.
func (r *reader) list(list *ast.List) {
	number := 0
	if list.IsOrdered() {
		number = max(1, list.Start)
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		for n := item.FirstChild(); n != nil; n = n.NextSibling() {
			switch n := n.(type) {
			case *ast.TextBlock, *ast.Paragraph:
				if _, task := n.FirstChild().(*extast.TaskCheckBox); task {
					r.task(n)
					continue
				}
				r.add(n, Block{Kind: Item, Number: number, Spans: r.spans(n)})
			default:
				r.f.add(r.line(n), "a list has text and nothing below it: write it as a paragraph of its own")
			}
		}
		if number > 0 {
			number++
		}
	}
}

// task reads a goal: a sentence, and behind it in `…` when it is reached.
func (r *reader) task(n ast.Node) {
	line := r.line(n)
	last, ok := n.LastChild().(*ast.CodeSpan)
	if !ok {
		r.f.add(line, "a task ends with the goal that is noticed: write - [ ] Find all eight modes. `modes >= 8`")
		return
	}
	when, err := parseCondition(r.code(last))
	if err != nil {
		r.f.add(line, "%v", err)
		return
	}
	n.RemoveChild(n, last)
	spans := trimEnd(r.spans(n))
	g := &Goal{Text: plain(spans), when: when}
	if g.Text == "" {
		r.f.add(line, "a task says what to do: write a sentence before the goal")
		return
	}
	if r.goals[g.Text] {
		r.f.add(line, "there are two goals %q: change the sentence of one, as goals are remembered by it", short(g.Text))
	}
	r.goals[g.Text] = true
	r.add(n, Block{Kind: Task, Spans: spans, Goal: g})
}

// spans returns the text of a block.
func (r *reader) spans(block ast.Node) []Span {
	var out []Span
	put := func(s Span) {
		if n := len(out) - 1; n >= 0 && !s.Word && s.Link == "" {
			last := out[n]
			if last.Text = s.Text; last == s {
				out[n].Text += s.Text
				return
			}
		}
		out = append(out, s)
	}
	var walk func(n ast.Node, look Span)
	walk = func(n ast.Node, look Span) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			look := look
			switch c := c.(type) {
			case *ast.Text:
				look.Text = string(unescape(c.Value(r.source)))
				if c.SoftLineBreak() || c.HardLineBreak() {
					look.Text += " "
				}
				put(look)
			case *ast.String:
				look.Text = string(c.Value)
				put(look)
			case *ast.CodeSpan:
				look.Text, look.Code = r.code(c), true
				put(look)
			case *ast.Emphasis:
				look.Bold, look.Word = look.Bold || c.Level == 2, look.Word || c.Level == 1
				walk(c, look)
			case *ast.Link:
				if look.Link = string(c.Destination); !onWeb(look.Link) {
					r.f.add(r.line(block), "the link %q stands in a sentence: there only addresses with https:// can; put buttons in a paragraph of their own", short(look.Link))
				}
				walk(c, look)
			case *ast.AutoLink:
				look.Link, look.Text = string(c.URL(r.source)), string(c.Label(r.source))
				if !onWeb(look.Link) {
					r.f.add(r.line(block), "the address %q does not begin with https://: write one that does, or leave it out", short(look.Link))
				}
				put(look)
			case *extast.TaskCheckBox:
			default:
				r.f.add(r.line(block), "the text of a lesson has **bold**, *words to explain*, `formulas` and links, and no %s: leave it out", strings.ToLower(c.Kind().String()))
			}
		}
	}
	walk(block, Span{})
	return trimEnd(out)
}

// unescape takes away the strokes before marks that stand for themselves.
func unescape(value []byte) []byte {
	var out []byte
	for i := 0; i < len(value); i++ {
		if value[i] == '\\' && i+1 < len(value) && strings.IndexByte("\\`*_{}[]()#+-.!<>|~&", value[i+1]) >= 0 {
			i++
		}
		out = append(out, value[i])
	}
	return out
}

func trimEnd(spans []Span) []Span {
	for n := len(spans) - 1; n >= 0; n-- {
		if spans[n].Text = strings.TrimRight(spans[n].Text, " "); spans[n].Text != "" {
			return spans[:n+1]
		}
	}
	return nil
}

// plain returns the text of spans.
func plain(spans []Span) string {
	var out strings.Builder
	for _, s := range spans {
		out.WriteString(s.Text)
	}
	return strings.TrimSpace(out.String())
}

// code returns what a code span has between its marks.
func (r *reader) code(n ast.Node) string {
	var out bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			out.Write(t.Value(r.source))
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(out.String(), "\n", " "))
}

// actions returns the buttons of a paragraph that is nothing but links to what Ganvas does, nil
// where it is another one.
func (r *reader) actions(n ast.Node) []Action {
	var out []Action
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Link:
			if onWeb(string(c.Destination)) {
				return nil
			}
			a, err := actionOf(string(c.Destination))
			if err != nil {
				r.f.add(r.line(n), "%v", err)
			}
			if a.Title = plain(r.linkText(c)); a.Title == "" {
				r.f.add(r.line(n), "a button has a title: write [Train](do:train)")
			}
			out = append(out, a)
		case *ast.Text:
			if strings.TrimSpace(string(c.Value(r.source))) != "" {
				return nil
			}
		default:
			return nil
		}
	}
	return out
}

func (r *reader) linkText(link *ast.Link) []Span {
	holder := ast.NewTextBlock()
	for c := link.FirstChild(); c != nil; {
		next := c.NextSibling()
		holder.AppendChild(holder, c)
		c = next
	}
	return r.spans(holder)
}

func onWeb(address string) bool { return strings.HasPrefix(address, "https://") }

// actionOf reads the address of a button.
func actionOf(address string) (Action, error) {
	verb, argument, _ := strings.Cut(address, ":")
	a := Action{Verb: Verb(verb), Argument: argument}
	switch a.Verb {
	case Show:
		if !slices.Contains(Views, argument) {
			return a, fmt.Errorf("view %q: there is none of that name%s", short(argument), nearest(argument, Views))
		}
	case Set:
		key, value, ok := strings.Cut(argument, "=")
		if !ok {
			return a, fmt.Errorf("the button %q has no value: write [k = 5](set:d_steps=5)", short(address))
		}
		a.Argument, a.Value = strings.TrimSpace(key), strings.TrimSpace(value)
		if err := recipe.Default().Set(a.Argument, a.Value); err != nil {
			return a, err
		}
		if !isLive(a.Argument) {
			return a, fmt.Errorf("%s cannot change while a run goes on: let a button start a preset that has it: [Packs of two](preset:ring-pac)", a.Argument)
		}
	case Preset:
		if _, err := recipe.Named(argument); err != nil {
			return a, err
		}
	case Do:
		if !slices.Contains(Deeds, argument) {
			return a, fmt.Errorf("do %q: there is none of that name%s", short(argument), nearest(argument, Deeds))
		}
	default:
		return a, fmt.Errorf("the link %q is neither a button nor an address: buttons begin with view:, set:, preset: or do:, addresses with https://", short(address))
	}
	return a, nil
}

// isLive tells whether a key may be changed while a run goes on.
func isLive(name string) bool {
	return slices.ContainsFunc(recipe.Keys(), func(k recipe.KeyInfo) bool { return k.Name == name && k.Live })
}

// short cuts a text that stands in a message.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
