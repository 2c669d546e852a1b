// The grammar of statements (reference: "Simple statements", "Compound statements"). A statement pushes its
// node; a line of simple statements pushes several; a block pushes one value, a Block. Parts that may be
// missing push null.
#pragma once

#include "lang/grammar/grammar_expr.hpp"
#include "lang/grammar/grammar_parameters.hpp"
#include "lang/grammar/grammar_pattern.hpp"

namespace cede::lang::grammar {

struct statement_;
struct block_;
using statement = fixed_silent<statement_, 5>;
using block = fixed<block_>;

// ---- headers and blocks

// ':' that CPython forces: its absence is reported at the token that stands there.
struct forced_colon : sor<t<K::Colon>, error<"expected ':'", Where::NextToken>> {};

// "expected ':'" for a header that ends its line without one.
template<class... Header>
struct missing_colon : error<"expected ':'", Where::LastFetched, Header..., t<K::Newline>> {};

// "expected an indented block after <what> on line N", N being the line of the first token.
template<Text what, class... Header> struct missing_block {
  using rule_t = missing_block;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match([[maybe_unused]] TokenInput& in, [[maybe_unused]] Builder& b) {
    if constexpr (Control<void>::diagnose) {
      using rules = seq<Header..., t<K::Colon>, t<K::Newline>, not_at<t<K::Indent>>>;
      auto mark = in.template mark<rewind_mode::required>();
      if (Control<rules>::template match<apply_mode::action, rewind_mode::active, Action, Control>(in, b))
        b.raise_missing_block(what.view(), *mark.iterator().token);
    }
    return false;
  }
};

struct invalid_block {
  using rule_t = invalid_block;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode M, template<class...> class Action, template<class...> class Control>
  static bool match([[maybe_unused]] TokenInput& in, [[maybe_unused]] Builder& b) {
    if constexpr (Control<void>::diagnose) {
      if (in.kind() == K::Newline && in.cursor.token[1].kind != K::Indent) {
        in.saw(in.cursor.token + 1);
        b.raise_here("expected an indented block", ErrorType::IndentationError);
      }
    }
    return false;
  }
};

struct simple_statement;
struct simple_statements
    : seq<simple_statement, star<t<K::Semicolon>, simple_statement>, opt<t<K::Semicolon>>, t<K::Newline>> {};
struct indented_block : seq<t<K::Newline>, t<K::Indent>, plus<statement>, t<K::Dedent>> {};
struct block_ : sor<dispatch<simple_statements, on<indented_block, K::Newline>>, invalid_block> {};

// ---- assignment and expression statements

struct assign_tail : seq<plus<t<K::Equal>, annotated_rhs>, peek_none<K::Equal>> {};
struct augmented_operator
    : any_of<K::PlusEqual, K::MinusEqual, K::StarEqual, K::SlashEqual, K::DoubleSlashEqual, K::PercentEqual,
             K::AtEqual, K::DoubleStarEqual, K::LeftShiftEqual, K::RightShiftEqual, K::AmpersandEqual,
             K::PipeEqual, K::CircumflexEqual> {};
struct augmented_tail : seq<augmented_operator, annotated_rhs> {};
// Only a name, attribute or subscript can be annotated: looks at the value before.
struct annotatable {
  using rule_t = annotatable;
  using subs_t = p::type_list<>;
  template<apply_mode A, rewind_mode, template<class...> class, template<class...> class>
  static bool match(TokenInput& in, Builder&) {
    return A != apply_mode::action || is_single_target(*static_cast<ast::Node*>(in.cursor.top->data));
  }
};
struct annotation_tail : seq<annotatable, t<K::Colon>, expression, optional<t<K::Equal>, annotated_rhs>> {};
struct assignment_tail
    : sor<dispatch<failure, on<assign_tail, K::Equal>, on<annotation_tail, K::Colon>>, augmented_tail> {};
struct assignment : seq<annotated_rhs, assignment_tail> {};
struct expression_statement : annotated_rhs {};

struct target_prefix : seq<star_expressions, t<K::Equal>> {};
struct parenthesized_target : seq<t<K::LParen>, struct annotated_target_atom, t<K::RParen>> {};
struct annotated_target_atom : sor<list_atom, tuple_atom, parenthesized_target> {};
struct invalid_assignment
    : sor<checked<struct check_annotated_display, peek_any<K::LParen, K::LBracket>, annotated_target_atom,
                  t<K::Colon>, expression>,
          error<"only single target (not tuple) can be annotated", Where::FirstValue, star_named, t<K::Comma>,
                star<list_of<star_named>, opt<t<K::Comma>>>, t<K::Colon>, expression>,
          error<"illegal target for annotation", Where::FirstValue, expression, t<K::Colon>, expression>,
          checked<struct check_assignment_targets, plus<target_prefix>>,
          error<"assignment to yield expression not possible", Where::LastValue, star<target_prefix>,
                yield_expr, t<K::Equal>>,
          error<"'%s' is an illegal expression for augmented assignment", Where::FirstValue, star_expressions,
                augmented_operator, annotated_rhs>> {};

struct expression_line
    : sor<in_diagnosis<assignment>, invalid_assignment,
          seq<annotated_rhs, sor<seq<peek_any<K::Newline, K::Semicolon>, struct make_expression_statement>,
                                 assignment_tail, make_expression_statement>>> {};
struct make_expression_statement : p::success {};

// ---- PEP 695

struct type_variable_bound : optional<t<K::Colon>, expression> {};
struct type_variable_default : optional<t<K::Equal>, expression> {};
struct starred_default : optional<t<K::Equal>, star_expression> {};
struct type_variable : seq<t<K::Name>, type_variable_bound, type_variable_default> {};
struct invalid_type_parameter
    : sor<checked<struct check_bound_on_type_variable_tuple, t<K::Star>, t<K::Name>, t<K::Colon>, expression>,
          checked<struct check_bound_on_parameter_specification, t<K::DoubleStar>, t<K::Name>, t<K::Colon>,
                  expression>> {};
struct type_variable_tuple : seq<t<K::Star>, t<K::Name>, starred_default> {};
struct parameter_specification : seq<t<K::DoubleStar>, t<K::Name>, type_variable_default> {};
struct type_parameter
    : sor<dispatch<failure, on<type_variable, K::Name>>, invalid_type_parameter,
          dispatch<failure, on<type_variable_tuple, K::Star>, on<parameter_specification, K::DoubleStar>>> {};
struct invalid_type_parameters
    : error<"Type parameter list cannot be empty", Where::FromLastToken, t<K::LBracket>, t<K::RBracket>> {};
// Pushes the end mark of the list (null), then the parameters.
struct type_parameter_list
    : sor<invalid_type_parameters,
          seq<t<K::LBracket>, list_of<type_parameter>, opt<t<K::Comma>>, t<K::RBracket>>> {};
struct type_parameters : seq<push_null, opt<peek_any<K::LBracket>, type_parameter_list>> {};

struct type_alias : seq<soft<Symbol::name_type>, name, type_parameters, t<K::Equal>, expression> {};

// ---- the other simple statements

struct return_statement : seq<t<K::kw_return>, optional<star_expressions>> {};
struct raise_statement
    : seq<t<K::kw_raise>,
          sor<seq<expression, optional<t<K::kw_from>, expression>>, seq<push_null, push_null>>> {};
struct delete_statement
    : seq<t<K::kw_del>, list_of<await_primary>, opt<t<K::Comma>>, peek_any<K::Semicolon, K::Newline>> {};
struct invalid_delete : checked<struct check_delete_targets, t<K::kw_del>, star_expressions> {};
struct assert_statement : seq<t<K::kw_assert>, expression, optional<t<K::Comma>, expression>> {};
struct pass_statement : t<K::kw_pass> {};
struct break_statement : t<K::kw_break> {};
struct continue_statement : t<K::kw_continue> {};
struct symbol : t<K::Name> {};  // pushes a Symbol
struct global_statement : seq<t<K::kw_global>, list_of<symbol>> {};
struct nonlocal_statement : seq<t<K::kw_nonlocal>, list_of<symbol>> {};

struct dotted_name : list_of<t<K::Name>, t<K::Dot>> {};  // pushes a Symbol
struct as_name : sor<seq<t<K::kw_as>, symbol>, push_null> {};
struct dotted_alias : seq<dotted_name, as_name> {};
struct invalid_import : sor<error<"Did you mean to use 'from ... import ...' instead?", Where::FromFirstToken,
                                  t<K::kw_import>, list_of<dotted_name>, t<K::kw_from>, dotted_name>,
                            error<"Expected one or more names after 'import'", Where::FromLastToken,
                                  t<K::kw_import>, t<K::Newline>>> {};
struct import_statement : seq<t<K::kw_import>, list_of<dotted_alias>> {};

struct from_alias : seq<symbol, as_name> {};
struct star_alias : t<K::Star> {};
struct invalid_from_names
    : sor<error<"trailing comma not allowed without surrounding parentheses", Where::LastFetched,
                list_of<from_alias>, t<K::Comma>, t<K::Newline>>,
          error<"Expected one or more names after 'import'", Where::FromLastToken, t<K::Newline>>> {};
struct from_names
    : sor<dispatch<seq<list_of<from_alias>, peek_none<K::Comma>>,
                   on<seq<t<K::LParen>, list_of<from_alias>, opt<t<K::Comma>>, t<K::RParen>>, K::LParen>,
                   on<star_alias, K::Star>>,
          invalid_from_names> {};
struct import_level : star<any_of<K::Dot, K::Ellipsis>> {};  // pushes the number of dots
struct from_module
    : sor<seq<import_level, dotted_name>, seq<peek_any<K::Dot, K::Ellipsis>, import_level, push_null>> {};
struct from_statement : seq<t<K::kw_from>, from_module, t<K::kw_import>, from_names> {};

struct name_line : sor<seq<at<soft<Symbol::name_type>, t<K::Name>>, type_alias>, expression_line> {};
struct simple_statement
    : dispatch<expression_line, on<name_line, K::Name>, on<return_statement, K::kw_return>,
               on<sor<invalid_import, import_statement>, K::kw_import>, on<from_statement, K::kw_from>,
               on<raise_statement, K::kw_raise>, on<pass_statement, K::kw_pass>,
               on<sor<delete_statement, invalid_delete>, K::kw_del>, on<assert_statement, K::kw_assert>,
               on<break_statement, K::kw_break>, on<continue_statement, K::kw_continue>,
               on<global_statement, K::kw_global>, on<nonlocal_statement, K::kw_nonlocal>> {};

// ---- if, while, for

struct if_header : seq<t<K::kw_if>, named_expression> {};
struct elif_header : seq<t<K::kw_elif>, named_expression> {};
struct while_header : seq<t<K::kw_while>, named_expression> {};

struct if_clause : sor<missing_colon<if_header>, missing_block<"'if' statement", if_header>,
                       seq<if_header, t<K::Colon>, block>> {};
struct elif_clause : sor<missing_colon<elif_header>, missing_block<"'elif' statement", elif_header>,
                         seq<elif_header, t<K::Colon>, block>> {};
struct else_clause
    : sor<missing_block<"'else' statement", t<K::kw_else>>, seq<t<K::kw_else>, forced_colon, block>> {};
struct if_statement : seq<if_clause, star<elif_clause>, optional<else_clause>> {};
struct while_statement
    : seq<sor<missing_colon<while_header>, missing_block<"'while' statement", while_header>,
              seq<while_header, t<K::Colon>, block>>,
          optional<else_clause>> {};

struct for_header : seq<t<K::kw_for>, for_targets, t<K::kw_in>, star_expressions> {};
struct for_loop : seq<opt<t<K::kw_async>>, for_header, t<K::Colon>, block, optional<else_clause>> {};
struct for_statement
    : sor<in_diagnosis<sor<missing_colon<opt<t<K::kw_async>>, for_header>,
                           missing_block<"'for' statement", opt<t<K::kw_async>>, for_header>>>,
          for_loop, bad_for_target> {};

// ---- with

struct as_target : seq<t<K::kw_as>, target_item, peek_any<K::Comma, K::RParen, K::Colon>> {};
struct invalid_with_item : checked<struct check_with_target, expression, t<K::kw_as>, expression,
                                   peek_any<K::Comma, K::RParen, K::Colon>> {};
struct with_item : sor<in_diagnosis<seq<expression, as_target>>, invalid_with_item,
                       seq<expression, sor<as_target, push_null>>> {};
struct parenthesized_items
    : seq<t<K::LParen>, list_of<with_item>, opt<t<K::Comma>>, t<K::RParen>, peek_any<K::Colon>> {};
struct with_items : sor<seq<peek_any<K::LParen>, parenthesized_items>, list_of<with_item>> {};
struct loose_with_item : seq<expression, opt<t<K::kw_as>, target_item>> {};
struct loose_with_items : sor<list_of<loose_with_item>,
                              seq<t<K::LParen>, list_of<loose_with_item>, opt<t<K::Comma>>, t<K::RParen>>> {};
struct with_header : seq<opt<t<K::kw_async>>, t<K::kw_with>, loose_with_items> {};
struct with_header_in_parentheses : seq<opt<t<K::kw_async>>, t<K::kw_with>, t<K::LParen>,
                                        list_of<loose_with_item>, opt<t<K::Comma>>, t<K::RParen>> {};
struct with_header_plain : seq<opt<t<K::kw_async>>, t<K::kw_with>, list_of<loose_with_item>> {};
struct with_statement : seq<opt<t<K::kw_async>>, t<K::kw_with>, with_items, t<K::Colon>, block> {};
struct with_or_error : sor<missing_block<"'with' statement", with_header_plain>,
                           missing_block<"'with' statement", with_header_in_parentheses>, with_statement,
                           missing_colon<with_header_plain>, missing_colon<with_header_in_parentheses>> {};

// ---- try

struct handler_name : sor<seq<t<K::kw_as>, symbol>, push_null> {};
struct except_header : seq<t<K::kw_except>, expression, handler_name> {};
struct bare_except : seq<t<K::kw_except>, push_null, push_null> {};
struct except_star_header : seq<t<K::kw_except>, t<K::Star>, expression, handler_name> {};
struct loose_handler : seq<t<K::kw_except>, opt<t<K::Star>>, expression, opt<t<K::kw_as>, t<K::Name>>> {};
struct invalid_except : sor<error<"multiple exception types must be parenthesized", Where::FromFirstValue,
                                  t<K::kw_except>, opt<t<K::Star>>, expression, t<K::Comma>, expressions,
                                  opt<t<K::kw_as>, t<K::Name>>, t<K::Colon>>,
                            missing_colon<loose_handler>, missing_colon<t<K::kw_except>>,
                            error<"expected one or more exception types", Where::LastFetched, t<K::kw_except>,
                                  t<K::Star>, any_of<K::Newline, K::Colon>>> {};
struct invalid_except_block : sor<missing_block<"'except' statement", except_header>,
                                  missing_block<"'except' statement", t<K::kw_except>>> {};
struct handler : seq<sor<seq<peek<K::kw_except, K::Colon>, bare_except>, except_header>, t<K::Colon>, block> {
};
struct star_handler : seq<except_star_header, t<K::Colon>, block> {};
struct except_clause : sor<invalid_except_block, handler, invalid_except> {};
struct except_star_clause
    : sor<missing_block<"'except*' statement", except_star_header>, star_handler, invalid_except> {};
struct finally_clause : sor<missing_block<"'finally' statement", t<K::kw_finally>>,
                            seq<t<K::kw_finally>, forced_colon, block>> {};
struct invalid_try
    : in_diagnosis<sor<missing_block<"'try' statement", t<K::kw_try>>,
                       error<"expected 'except' or 'finally' block", Where::LastFetched, t<K::kw_try>,
                             t<K::Colon>, block, peek_none<K::kw_except, K::kw_finally>>,
                       checked<struct check_mixed_except, t<K::kw_try>, t<K::Colon>, star<block>,
                               sor<seq<plus<except_clause>, t<K::kw_except>, t<K::Star>>,
                                   seq<plus<except_star_clause>, t<K::kw_except>, peek_none<K::Star>>>>>> {};
// Body, a null, the handlers, then the else and finally blocks, null if missing.
struct try_start : seq<t<K::kw_try>, forced_colon, block, push_null> {};
struct try_end : seq<optional<else_clause>, optional<finally_clause>> {};
struct handlers_tail : seq<plus<except_clause>, try_end> {};
struct star_handlers_tail : seq<plus<except_star_clause>, try_end> {};
struct finally_tail : seq<push_null, finally_clause> {};
struct try_statement
    : seq<try_start, dispatch<failure, on<finally_tail, K::kw_finally>,
                              on<sor<seq<at<t<K::kw_except>, t<K::Star>>, star_handlers_tail>, handlers_tail>,
                                 K::kw_except>>> {};

// ---- match

struct case_guard : optional<t<K::kw_if>, named_expression> {};
struct case_header : seq<soft<Symbol::name_case>, patterns, case_guard> {};
struct invalid_case : sor<missing_colon<case_header>, missing_block<"'case' statement", case_header>> {};
struct case_clause_ : seq<case_header, t<K::Colon>, block> {};
struct case_clause : sor<invalid_case, case_clause_> {};
struct subject_tuple_tail : comma_tail<star_named> {};
struct subject_first : seq<starred, at<t<K::Comma>>> {};
struct match_subject
    : sor<seq<dispatch<named_expression, on<subject_first, K::Star>>, opt<subject_tuple_tail>>> {};
struct match_header : seq<soft<Symbol::name_match>, match_subject> {};
struct invalid_match : sor<missing_colon<match_header>, missing_block<"'match' statement", match_header>> {};
struct match_start : seq<match_header, t<K::Colon>, t<K::Newline>, t<K::Indent>> {};
struct match_statement : seq<match_start, plus<case_clause>, t<K::Dedent>> {};

// ---- functions and classes

struct decorator : seq<t<K::At>, named_expression, t<K::Newline>> {};
struct decorators : seq<push_null, star<decorator>> {};

struct forced_parenthesis : sor<t<K::LParen>, error<"expected '('", Where::NextToken>> {};
struct returns : optional<t<K::Arrow>, expression> {};
struct function_header : seq<t<K::kw_def>, symbol, type_parameters, forced_parenthesis, function_parameters,
                             t<K::RParen>, returns> {};
struct function_definition : seq<opt<t<K::kw_async>>, function_header, forced_colon, block> {};
struct invalid_function
    : missing_block<"function definition", opt<t<K::kw_async>>, t<K::kw_def>, symbol, type_parameters,
                    t<K::LParen>, function_parameters, t<K::RParen>, returns> {};

struct class_arguments_list : seq<push_null, opt<sor<seq<t<K::LParen>, opt<class_arguments>, t<K::RParen>>,
                         in_diagnosis<t<K::LParen>, invalid_arguments>>>> {};
struct class_header : seq<t<K::kw_class>, symbol, type_parameters, class_arguments_list> {};
struct invalid_class : sor<missing_colon<class_header>, missing_block<"class definition", class_header>> {};
struct class_definition : seq<class_header, t<K::Colon>, block> {};

struct function_or_error : sor<invalid_function, function_definition> {};
struct class_or_error : sor<invalid_class, class_definition> {};
struct decorated
    : seq<decorators, dispatch<failure, on<function_or_error, K::kw_def>, on<class_or_error, K::kw_class>,
                               on<seq<at<t<K::kw_async>, t<K::kw_def>>, function_or_error>, K::kw_async>>> {};

// ---- statements

struct async_statement : dispatch<failure, on<sor<seq<at<t<K::kw_async>, t<K::kw_def>>, decorated>,
                                                  seq<at<t<K::kw_async>, t<K::kw_for>>, for_statement>,
                                                  seq<at<t<K::kw_async>, t<K::kw_with>>, with_or_error>>,
                                              K::kw_async>> {};
struct name_statement
    : sor<seq<at<soft<Symbol::name_match>>, sor<match_statement, invalid_match>>, simple_statements> {};
struct statement_ : dispatch<simple_statements, on<name_statement, K::Name>, on<if_statement, K::kw_if>,
                             on<decorated, K::kw_def, K::At, K::kw_class>, on<for_statement, K::kw_for>,
                             on<with_or_error, K::kw_with>, on<sor<invalid_try, try_statement>, K::kw_try>,
                             on<while_statement, K::kw_while>, on<async_statement, K::kw_async>> {};

// ---- the whole input

struct file_input : seq<star<statement>, t<K::End>> {};
struct eval_input : seq<expressions, star<t<K::Newline>>, t<K::End>> {};
// One interactive statement; what may follow it is the caller's matter.
struct empty_line : t<K::Newline> {};  // pushes a Pass
struct compound_line : seq<statement, t<K::Newline>> {};
struct match_line : seq<at<soft<Symbol::name_match>>, sor<match_statement, invalid_match>, t<K::Newline>> {};
struct single_input
    : dispatch<simple_statements, on<empty_line, K::Newline>, on<sor<match_line, simple_statements>, K::Name>,
               on<compound_line, K::kw_if, K::kw_def, K::At, K::kw_class, K::kw_for, K::kw_with, K::kw_try,
                  K::kw_while, K::kw_async>> {};

}  // namespace cede::lang::grammar
